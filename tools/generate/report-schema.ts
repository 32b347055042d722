import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'

/** The JSON Schema of the conformance report, made from its type: the files to write. */
export function reportSchema(): Map<string, string> {
  const path = fileURLToPath(new URL('../../packages/conformance/src/report.ts', import.meta.url))
  // An interface that gains a property keeps its readers: they do not have to be told which ones there are.
  const generator = createGenerator({ path, type: 'Report', skipTypeCheck: true, additionalProperties: true })
  const schema = {
    ...generator.createSchema('Report'),
    title: 'Report of the conformance suite',
    $comment: 'Generated from packages/conformance/src/report.ts by `npm run generate`.',
  }
  return new Map([['report.schema.json', `${JSON.stringify(schema, null, 2)}\n`]])
}
