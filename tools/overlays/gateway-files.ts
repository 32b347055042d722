import { findOperationObject, listOperations, resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Deviation, FieldRule, GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { deviationDocument } from './deviation-table.ts'
import type { DescribedGateway } from './gateways.ts'

/**
 * Returns the generated modules: per gateway a small one with its profile and a large one with
 * description and deviations; then the maps of both.
 * A program that imports one profile loads nothing else.
 */
export function gatewayFiles(described: DescribedGateway[], header: string): [file: string, content: string][] {
  const profiles = described.map((one) => [toGateway(one), toDeviations(one), one] as const)
  return [
    ...profiles.flatMap(
      ([
        gateway,
        deviations,
        {
          description,
          gateway: { encoder },
        },
      ]): [string, string][] => [
        [
          `gateways/${gateway.name}.ts`,
          `// ${header}

import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'

export const ${identifier(gateway.name)}: GatewayProfile = ${JSON.stringify(gateway, null, 2)}
`,
        ],
        [
          `details/${gateway.name}.ts`,
          `// ${header}

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'

export const deviations: readonly Deviation[] = ${JSON.stringify(deviations, null, 2)}

export const description = ${JSON.stringify(description, null, 2)} as OpenAPI

export const encoder: 'go' | undefined = ${encoder ? `'${encoder}'` : 'undefined'}
`,
        ],
      ],
    ),
    [
      'gateways.ts',
      map(
        profiles.map(([gateway]) => gateway),
        header,
      ),
    ],
    [
      'details.ts',
      detailMap(
        profiles.map(([{ name }]) => name),
        header,
      ),
    ],
    [
      'deviations.md',
      deviationDocument(
        profiles.map(([gateway, deviations]) => [gateway, deviations]),
        header,
      ),
    ],
  ]
}

function map(gateways: GatewayProfile[], header: string): string {
  const names = gateways.map(({ name }) => name)
  const lines = (line: (name: string) => string) => names.map(line).join('\n')
  const aliases = gateways.flatMap(({ name, aliases: others }) => others.map((alias) => [alias, name] as const))
  return `// ${header}

import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'
${lines((name) => `import { ${identifier(name)} } from './gateways/${name}.ts'`)}

export { ${[...names.map(identifier), ...aliases.map(([alias, name]) => `${identifier(name)} as ${identifier(alias)}`)].join(', ')} }

export type GatewayName = ${union(names)}

/** Another name of one of them. */
export type GatewayAlias = ${union(aliases.map(([alias]) => alias))}

/** By name: what a client must know to talk to it. */
export const gateways: Readonly<Record<GatewayName, GatewayProfile>> = {
${lines((name) => `  '${name}': ${identifier(name)},`)}
}
`
}

function detailMap(names: string[], header: string): string {
  return `// ${header}

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { GatewayName } from './gateways.ts'

/** By name: loads the effective description and the deviations. */
export const detailLoaders: Readonly<
  Record<
    GatewayName,
    () => Promise<{ description: OpenAPI; deviations: readonly Deviation[]; encoder: 'go' | undefined }>
  >
> = {
${names.map((name) => `  '${name}': () => import('./details/${name}.ts'),`).join('\n')}
}
`
}

const union = (names: string[]) => names.map((name) => `'${name}'`).join(' | ') || 'never'

function toGateway({ gateway, description }: DescribedGateway): GatewayProfile {
  const { operations: _operations, source: _source, encoder: _encoder, recordings: _recordings, ...known } = gateway
  return {
    ...known,
    servers: (description.servers ?? []).map(({ url }) => url),
    fields: Object.fromEntries(
      listOperations(description).map(({ operationId, path, method }) => [
        operationId,
        textFields(description, path, method),
      ]),
    ),
  }
}

/**
 * Returns the text fields of an operation's form. Files have no rules, and other bodies no fields.
 */
function textFields(description: OpenAPI, path: string, method: string): Record<string, FieldRule> {
  const { requestBody } = findOperationObject(description, { method, path }) ?? {}
  const content = requestBody ? resolveReference(description, requestBody).content : {}
  const form = content['multipart/form-data'] ?? content['application/x-www-form-urlencoded']
  const { properties = {}, required = [] } = resolveReference(description, form?.schema ?? {}) as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, schema]) => schema['type'] === 'string' && schema['format'] !== 'binary')
      .map(([name, schema]) => [name, rule(schema, required.includes(name))]),
  )
}

function rule(schema: Schema, required: boolean): FieldRule {
  const [example] = (schema['examples'] ?? []) as string[]
  return { required, ...(required && example !== undefined && { example }), ...constraints(schema) }
}

function constraints(schema: Schema): Omit<FieldRule, 'required' | 'example'> {
  const names = ['default', 'enum', 'pattern', 'minLength'] as const
  return Object.fromEntries(names.flatMap((name) => (name in schema ? [[name, schema[name]]] : [])))
}

function toDeviations({ gateway: { source }, deviations }: DescribedGateway): Deviation[] {
  return deviations.map((deviation) => ({
    ...deviation,
    // Evidence with an address comes first.
    evidence: deviation.evidence
      .toSorted((left, right) => Number('recording' in left) - Number('recording' in right))
      .map((evidence) => {
        const { repository, issue, file, lines } = evidence
        if (repository === undefined) return evidence
        const commit = repository === source.repository ? (source.commit ?? 'HEAD') : 'HEAD'
        const fragment = lines ? `#${lines.replaceAll(/\d+/g, 'L$&')}` : ''
        const page = issue ? `issues/${issue}` : `blob/${commit}/${file}${fragment}`
        return { ...evidence, url: `https://github.com/${repository}/${page}` }
      }),
  }))
}

/** Converts `go-livepeer` to `goLivepeer`. */
const identifier = (name: string) => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
