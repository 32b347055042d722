import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isPermissive } from './permissive.ts'

interface Manifest {
  name: string
  version: string
  license?: string | { type: string }
  /** The old spelling of the field. */
  licenses?: { type: string }[]
}

/** Returns name, version, license and license text of every package with a file in the bundle. */
export async function thirdParties(inputs: string[]): Promise<string> {
  const folders = new Set(
    inputs.flatMap((input) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(resolve(input))?.[1] ?? []),
  )
  const sections = await Promise.all(
    [...folders].map(async (path) => {
      const {
        name,
        version,
        license: stated,
        licenses = [],
      } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as Manifest
      const license =
        typeof stated === 'string' ? stated : (stated?.type ?? licenses.map(({ type }) => type).join(' OR '))
      if (!isPermissive(license, name))
        throw new Error(`${name}@${version} has the license '${license}', which is not known as permissive`)
      const file = (await readdir(path)).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
      const text = file ? await readFile(join(path, file), 'utf8') : ''
      return {
        title: `${name} ${version}`,
        text: `## ${name} ${version}\n\n${license}\n${text && `\n\`\`\`\n${text.trim()}\n\`\`\`\n`}`,
      }
    }),
  )
  const unique = new Map(sections.map(({ title, text }) => [title, text]))
  return `# Third-party notices\n\nThe compiled code of this package contains these packages.\n\n${[...unique.keys()]
    .toSorted()
    .map((title) => unique.get(title))
    .join('\n')}`
}
