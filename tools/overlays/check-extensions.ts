import { readFileSync } from 'node:fs'
import type { Condition } from '@livepeer-ai/openapi/gateways'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import type { Overlay } from './overlay.ts'

type Path = (string | number)[]
type Problem = [path: Path, message: string]

const spec = (name: string): unknown => parse(readFileSync(new URL(`../../spec/${name}`, import.meta.url), 'utf8'))

/** The check ids that `spec/checks.yaml` declares. */
const checkIds: ReadonlySet<string> = new Set(
  Object.entries(spec('checks.yaml') as Record<string, { last: number }>).flatMap(([area, { last }]) =>
    Array.from({ length: last }, (_, index) => `${area}-${String(index + 1).padStart(2, '0')}`),
  ),
)

const validate = new Ajv2020({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  formats: { regex: isRegularExpression },
}).compile(spec('gateways/extensions.schema.yaml') as object)

/**
 * Returns the errors in the `x-gateway` and `x-deviations` of these overlays, one line each, with
 * file and position.
 */
export function checkExtensions(overlays: Overlay[], operationIds: readonly string[]): string[] {
  const report = (problemsOf: (overlay: Overlay) => Problem[]) =>
    overlays.flatMap((overlay) =>
      problemsOf(overlay).map(([path, message]) => `${overlay.locate(path)}  ${written(path)}: ${message}`),
    )
  const malformed = report(shape)
  // Names can be compared only after the schema has accepted their places.
  return malformed.length ? malformed : [names, operations(operationIds), wildcards, taken(new Map())].flatMap(report)
}

function shape({ gateway, deviations }: Overlay): Problem[] {
  validate({ ...(gateway && { 'x-gateway': gateway }), 'x-deviations': deviations })
  return (validate.errors ?? []).map((error) => [steps(error.instancePath), said(error)])
}

function said({ keyword, message, params, data }: ErrorObject): string {
  const { additionalProperty, allowedValues, propertyName } = params as Record<string, unknown>
  const about = additionalProperty ?? propertyName ?? (allowedValues as string[] | undefined)?.join(', ')
  const given = typeof data === 'object' || keyword === 'required' ? '' : `, not ${JSON.stringify(data)}`
  return `${message}${about ? ` (${about as string})` : ''}${given}`
}

/** Checks names that must match a name elsewhere. */
function names({ name, gateway, deviations }: Overlay): Problem[] {
  return [
    ...(gateway?.name === name
      ? []
      : [[['x-gateway', 'name'], `the file is called '${name}', not '${gateway?.name}'`] satisfies Problem]),
    ...deviations.flatMap(({ id, checks }, index): Problem[] => [
      ...(id.startsWith(`${name}/`)
        ? []
        : [[['x-deviations', index, 'id'], `'${id}' does not begin with '${name}/'`] satisfies Problem]),
      ...checks.flatMap((check, position): Problem[] =>
        checkIds.has(check) ? [] : [[['x-deviations', index, 'checks', position], `there is no check '${check}'`]],
      ),
    ]),
  ]
}

/** Checks that the contract has the operations that a gateway has. */
const operations =
  (operationIds: readonly string[]) =>
  ({ gateway }: Overlay): Problem[] =>
    (gateway?.operations ?? []).flatMap((operationId, index): Problem[] =>
      operationIds.includes(operationId)
        ? []
        : [[['x-gateway', 'operations', index], `there is no operation '${operationId}'`]],
    )

/**
 * Checks that no deviation has an answer that any error matches. It would excuse every crash.
 * Answers about headers alone are no such answers.
 */
function wildcards({ deviations }: Overlay): Problem[] {
  return deviations.flatMap(({ when, answers }, index) =>
    answers.flatMap(({ when: own = [], status, mediaType, body, connection }, position): Problem[] => {
      const path = ['x-deviations', index, 'answers', position]
      if (connection) return []
      if (status === undefined)
        return mediaType === undefined && body === undefined
          ? []
          : [[path, 'names no status, so any error with this body matches: name one answer per status']]
      if (status < 400) return []
      if (!when.concat(own).some(isSelective))
        return [[path, `every ${status} matches, because no condition tests the request or a state`]]
      if (body === undefined ? status >= 500 : !saysSomething(body))
        return [[path, `every ${status} matches, because the body has no words of its own`]]
      return []
    }),
  )
}

/** Returns true if a condition tests more than the status, and more than what every request has. */
function isSelective(condition: Condition): boolean {
  return Object.entries(condition).some(
    ([name, test]) => name !== 'status' && !(['method', 'path'].includes(name) && test.absent === false),
  )
}

/** Returns true if a body has words besides variables, and besides the keys of its JSON. */
function saysSomething(body: string): boolean {
  const words = textsIn(parseJson(body)).map((text) => text.replaceAll(/\{[\w.]+\}/g, ''))
  return words.some((text) => /\w/.test(text))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn)
  return [String(value)]
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body.replaceAll(/:\{[\w.]+\}/g, ':0'))
  } catch {
    return body
  }
}

/** Checks that the names of gateways, aliases and deviations are unique across all overlays. */
const taken = (owners: Map<string, string>) => (overlay: Overlay) => {
  const claims: [Path, string][] = [
    [['x-gateway', 'name'], overlay.name],
    ...(overlay.gateway?.aliases ?? []).map((alias, index): [Path, string] => [['x-gateway', 'aliases', index], alias]),
    ...overlay.deviations.map(({ id }, index): [Path, string] => [['x-deviations', index, 'id'], id]),
  ]
  return claims.flatMap(([path, name]): Problem[] => {
    const owner = owners.get(name)
    if (owner) return [[path, `'${name}' is taken: ${owner}`]]
    owners.set(name, overlay.locate(path))
    return []
  })
}

function steps(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => (/^\d+$/.test(token) ? Number(token) : token.replaceAll('~1', '/').replaceAll('~0', '~')))
}

const written = (path: Path) =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '')

function isRegularExpression(source: string): boolean {
  try {
    return Boolean(new RegExp(source, 'u'))
  } catch {
    return false
  }
}
