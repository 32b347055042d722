import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import { upgradeFromThreeToThreeOne } from '@scalar/openapi-upgrader/3.0-to-3.1'
import { stringify } from 'yaml'
import { checkBelonging } from '../overlays/check-belonging.ts'
import { gatewayFiles } from '../overlays/gateway-files.ts'
import { describeGateways } from '../overlays/gateways.ts'
import { findOverlays } from '../overlays/overlay.ts'
import { bundle } from '../spec/bundle.ts'
import { dereference } from '../spec/dereference.ts'
import { lintStructure } from '../spec/lint-structure.ts'
import { lint } from '../spec/lint.ts'
import { callTable } from './call-table.ts'
import { dreddSkeleton } from './dredd-skeleton.ts'
import { draft07Schemas, schemas } from './schemas.ts'
import { types } from './types.ts'

const header = 'Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.'
const readme = `# Generated

Everything in this folder is made from \`spec/\` by \`npm run generate\`. Do not edit it: change \`spec/\` or \`tools/\`, run that command, and
commit both together. \`npm run check:generated\` fails when this folder is out of date.
`

export interface Step {
  name: string
  ms: number
  /** Remarks that do not stop the generation. */
  remarks?: string | undefined
}

interface Options {
  onStep?: ((step: Step) => void) | undefined
  /** If false, a description need not have the style of this repository. */
  isStrict?: boolean | undefined
}

/**
 * Lints, bundles and derives. Returns the files by their path in the output folder and writes
 * nothing.
 */
export async function artifacts(
  specFile: string,
  { onStep = () => {}, isStrict = true }: Options = {},
): Promise<Map<string, string>> {
  const step = async <T>(name: string, run: () => T | Promise<T>, toRemarks?: (result: T) => string | undefined) => {
    const start = performance.now()
    const result = await run()
    onStep({ name, ms: Math.round(performance.now() - start), remarks: toRemarks?.(result) })
    return result
  }

  const overlays = await findOverlays(specFile)
  await checkBelonging(specFile, [...overlays.gateways, ...overlays.strict])
  if (isStrict) await step('lint', () => lint(specFile, ...overlays.gateways, ...overlays.strict))
  else await step('lint', () => lintStructure(specFile), describeRemarks)
  const description = await step('bundle', () => bundle(specFile))
  const dereferenced = await step('dereference', () => dereference(description))
  const { gateways, strict } = await step('overlays', () => describeGateways(description, overlays))
  const typeSource = await step('types', () => types(description))
  const derived = await step('schemas', () => ({
    schemas: schemas(toLatest(description)),
    draft07Schemas: draft07Schemas(toLatest(description), isStrict),
  }))
  const skeleton = await step('skeleton', () => dreddSkeleton(description))

  return new Map([
    ['README.md', readme],
    ['openapi.json', json(description)],
    ['openapi.yaml', `# ${header}\n${stringify(description, { aliasDuplicateObjects: false })}`],
    ['dereferenced.json', json(dereferenced)],
    ['types.ts', `// ${header}\n\n${typeSource}`],
    ['description.ts', constant('description', 'OpenAPI', description)],
    [
      'operation-table.ts',
      constant('operationTable', 'readonly Operation[]', listOperations(description), 'Operation'),
    ],
    ['schemas.ts', constant('schemas', "Contract['schemas']", derived.schemas, 'Contract')],
    ['call-table.ts', constant('callTable', 'CallTable', callTable(description))],
    [
      'draft-07-schemas.ts',
      constant('draft07Schemas', "Contract['draft07Schemas']", derived.draft07Schemas, 'Contract'),
    ],
    [
      'dredd-skeleton.ts',
      `// ${header}\n\nexport const dreddSkeleton: string = \`\\\n${skeleton.replaceAll(/[\\`$]/g, '\\$&')}\`\n`,
    ],
    ['index.ts', index],
    ...(strict ? [['strict.ts', constant('strictDescription', 'OpenAPI', strict)] as const] : []),
    ...(gateways.length ? gatewayFiles(gateways, header) : []),
  ])
}

/** Returns a description whose schemas are in the dialect of OpenAPI 3.1. */
function toLatest(description: OpenAPI): OpenAPI {
  return description.openapi.startsWith('3.0.')
    ? upgradeFromThreeToThreeOne(structuredClone(description) as never)
    : description
}

function describeRemarks(count: number): string | undefined {
  return count ? `${count} remarks about style; --strict lists them` : undefined
}

const index = `// ${header}

export { description } from './description.ts'
export { draft07Schemas } from './draft-07-schemas.ts'
export { dreddSkeleton } from './dredd-skeleton.ts'
export { operationTable } from './operation-table.ts'
export { schemas } from './schemas.ts'
`

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Returns a module with one constant. `imported` is the type of the contract package in `type`. */
function constant(name: string, type: string, value: unknown, imported = type): string {
  return `// ${header}\n\nimport type { ${imported} } from '@livepeer-ai/openapi'\n\nexport const ${name} = ${JSON.stringify(value, null, 2)} as ${type}\n`
}
