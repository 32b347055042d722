import { readFile, writeFile } from 'node:fs/promises'
import { SpecError } from '../spec/spec-error.ts'

/** A README with one of its generated sections brought up to date: what stands between two comments that name the section. */
export async function readmeWith(path: string, name: string, content: string): Promise<string> {
  const text = await readFile(path, 'utf8')
  const section = new RegExp(`(<!-- ${name}:start -->\n).*?(<!-- ${name}:end -->)`, 's')
  if (!section.test(text))
    throw new SpecError(`${path}  lacks the comments <!-- ${name}:start --> and <!-- ${name}:end -->`)
  // A table stays as it was generated.
  const kept = content.replace(/^\|/m, '<!-- oxfmt-ignore -->\n|')
  return text.replace(section, (_, start: string, end: string) => `${start}\n${kept}\n${end}`)
}

export async function updateReadme(path: string, name: string, content: string): Promise<void> {
  await writeFile(path, await readmeWith(path, name, content))
}
