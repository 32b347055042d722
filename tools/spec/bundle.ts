import type { OpenAPI } from '@livepeer-ai/openapi'
import { redocly } from './redocly.ts'
import { SpecError } from './spec-error.ts'

/**
 * Bundles the description into one document. References between its components are kept, and so are
 * those in examples, which are data.
 */
export async function bundle(specFile: string): Promise<OpenAPI> {
  const { ok, stdout, stderr } = await redocly(['bundle', specFile, '--ext=json', '--force'])
  if (!ok && !stdout.startsWith('{')) throw new SpecError(`${specFile}  cannot be bundled: ${stderr.trim()}`)
  return JSON.parse(stdout) as OpenAPI
}
