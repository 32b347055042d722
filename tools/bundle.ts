import type { OpenAPI } from '@livepeer-ai/openapi'
import { redocly } from './redocly.ts'
import { SpecError } from './spec-error.ts'

/** The description as one document, references between its components kept. */
export const bundle = (specFile: string): Promise<OpenAPI> => run(specFile)

/** The description as one document in which every reference is replaced by what it refers to, except where it would never end. */
export const dereference = (specFile: string): Promise<OpenAPI> => run(specFile, '--dereferenced')

async function run(specFile: string, ...flags: string[]): Promise<OpenAPI> {
  const { ok, stdout, stderr } = await redocly('bundle', specFile, '--ext=json', ...flags)
  if (!ok) throw new SpecError(`${specFile}  cannot be bundled: ${stderr.trim()}`)
  return JSON.parse(stdout) as OpenAPI
}
