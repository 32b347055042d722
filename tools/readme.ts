import { readFile, writeFile } from 'node:fs/promises'
import { SpecError } from './spec-error.ts'

/** The section of a README that is made from generated text, between two comments that name it. */
const section = /(<!-- deviations:start -->\n).*?(<!-- deviations:end -->)/s

/** A README with its generated section brought up to date. */
export async function readmeWith(path: string, table: string): Promise<string> {
  const text = await readFile(path, 'utf8')
  if (!section.test(text))
    throw new SpecError(`${path}  lacks the comments <!-- deviations:start --> and <!-- deviations:end -->`)
  return text.replace(section, (_, start: string, end: string) => `${start}\n<!-- oxfmt-ignore -->\n${table}\n${end}`)
}

export async function updateReadme(path: string, table: string): Promise<void> {
  await writeFile(path, await readmeWith(path, table))
}
