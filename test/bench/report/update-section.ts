import { readFile, writeFile } from 'node:fs/promises'

/** Replaces the content between the two comments that mark a generated section of a document. */
export async function updateSection(path: string, name: string, content: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  const section = new RegExp(`(<!-- ${name}:start -->\n).*?(<!-- ${name}:end -->)`, 's')
  if (!section.test(text))
    throw new Error(`${path}  lacks the comments <!-- ${name}:start --> and <!-- ${name}:end -->`)
  // oxfmt must not reformat the generated table.
  const kept = content.replace(/^\|/m, '<!-- oxfmt-ignore -->\n|')
  await writeFile(
    path,
    text.replace(section, (_, start: string, end: string) => `${start}\n${kept}\n${end}`),
  )
}
