import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'

/** Returns the JSON Schema of the conformance report, generated from its type. */
export function reportSchema(): Map<string, string> {
  const path = fileURLToPath(new URL('../../packages/conformance/src/report.ts', import.meta.url))
  // New properties stay compatible: readers of a report ignore properties that they do not know.
  const generator = createGenerator({ path, type: 'Report', skipTypeCheck: true, additionalProperties: true })
  const schema = {
    ...generator.createSchema('Report'),
    title: 'Report of the conformance suite',
    $comment: 'Generated from packages/conformance/src/report.ts by `npm run generate`.',
  }
  return new Map([['report.schema.json', `${JSON.stringify(schema, null, 2)}\n`]])
}
