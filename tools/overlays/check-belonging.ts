import { readFile } from 'node:fs/promises'
import { isObject, type OpenAPI } from '@livepeer-ai/openapi'
import { parse } from 'yaml'
import { SpecError } from '../spec/spec-error.ts'

/**
 * Throws a {@link SpecError} if the overlays name paths, but none that the description has. Other
 * differences are reported action by action.
 */
export async function checkBelonging(specFile: string, overlayFiles: readonly string[]): Promise<void> {
  const paths = await readPaths(specFile)
  const texts = await Promise.all(overlayFiles.map((file) => readFile(file, 'utf8')))
  const named = new Set(texts.flatMap((text) => [...text.matchAll(/\.paths\['([^']+)'\]/g)].map(([, path]) => path)))
  if (!paths || !named.size || paths.some((path) => named.has(path))) return
  throw new SpecError(
    `${specFile}  The overlays beside it belong to another description, which has ${[...named].join(', ')}. ` +
      `Move them away (${overlayFiles.join(', ')}), or generate elsewhere: npm run generate -- --spec FILE --out DIR`,
  )
}

/** Returns the paths of a description, or undefined for a file that the linter will refuse. */
async function readPaths(file: string): Promise<string[] | undefined> {
  try {
    const { paths } = parse(await readFile(file, 'utf8')) as Partial<OpenAPI>
    return isObject(paths) ? Object.keys(paths) : undefined
  } catch {
    return undefined
  }
}
