import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OpenAPI } from '@livepeer-ai/openapi'
import { artifacts, type Step } from './artifacts.ts'
import { clientFiles } from './client/client-files.ts'
import { pageFiles } from './page/page.ts'
import { reportSchema } from './report-schema.ts'
import { writeFolder } from './write-folder.ts'

export const root: string = fileURLToPath(new URL('../..', import.meta.url))
export const specFile: string = join(root, 'spec/openapi.yaml')

/** Holds everything that is generated from the description alone. */
export const contractFolder = 'packages/openapi/src/generated'

/** A folder that `npm run generate` writes. */
export interface Output {
  /** Relative to the root of the repository. */
  folder: string
  /** Content by path in the folder. */
  files: ReadonlyMap<string, string>
  /** If set, the folder also holds files that people write. */
  isShared?: boolean
}

/** Generates everything that is committed, and writes nothing. */
export async function generateOutputs(spec: string = specFile, onStep?: (step: Step) => void): Promise<Output[]> {
  const files = await artifacts(spec, { onStep })
  const deviations = files.get('deviations.md') ?? ''
  files.delete('deviations.md')
  const description = JSON.parse(files.get('openapi.json') ?? '') as OpenAPI
  const bundled = [
    { folder: contractFolder, files },
    { folder: 'packages/client/src/generated', files: clientFiles(description) },
  ]
  const byPath = bundled.flatMap((output) =>
    [...output.files].map(([name, content]) => [join(root, output.folder, name), content] as const),
  )
  return [
    ...bundled,
    { folder: 'docs', files: new Map([['deviations.md', deviations]]), isShared: true },
    { folder: 'packages/gateway/src/generated', files: await pageFiles(new Map(byPath)) },
    { folder: 'packages/conformance/src/generated', files: reportSchema() },
  ]
}

export async function writeOutput({ folder, files, isShared }: Output): Promise<void> {
  const path = join(root, folder)
  if (!isShared) return writeFolder(path, files)
  await mkdir(path, { recursive: true })
  await Promise.all([...files].map(([name, content]) => writeFile(join(path, name), content)))
}
