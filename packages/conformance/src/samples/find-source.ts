import { isObject, resolveReference, resolveSchema, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Entry } from './entry.ts'
import { flattenSchema } from './values/flatten-schema.ts'

/** An operation whose response has the value of a path parameter. */
export interface Source {
  entry: Entry
  /** Runtime expressions of OpenAPI. */
  places: readonly string[]
  /** True for an operation that creates what it returns. */
  creates: boolean
}

/** Lists the operations that know values of a path parameter: by links, then by names. */
export function findSources(description: OpenAPI, entries: readonly Entry[], entry: Entry, name: string): Source[] {
  const { path } = entry.operation
  const collection = path.slice(0, path.indexOf(`/{${name}}`))
  const at = (method: string) =>
    entries.find(({ operation }) => operation.path === collection && operation.method === method)
  const [create, list] = [at('POST'), at('GET')]
  return [
    ...listLinks(description, entries, entry, name),
    ...(create ? [{ entry: create, places: [...placesIn(description, create, name), location], creates: true }] : []),
    ...(list ? [{ entry: list, places: placesIn(description, list, name), creates: false }] : []),
  ]
}

const location = '$response.header.location'

interface Link {
  operationId?: string
  operationRef?: string
  parameters?: Record<string, unknown>
}

function listLinks(description: OpenAPI, entries: readonly Entry[], { operation }: Entry, name: string): Source[] {
  return entries.flatMap((entry) => {
    const responses = Object.entries(entry.source.responses ?? {}).filter(([status]) => /^(2|default)/.test(status))
    const links = responses.flatMap(([, response]) => {
      const { links: found = {} } = resolveReference(description, response) as { links?: Record<string, unknown> }
      return Object.values(found).map((link) => resolveSchema(description, link) as Link)
    })
    const escaped = operation.path.replaceAll('~', '~0').replaceAll('/', '~1')
    const isMeant = ({ operationId, operationRef = '' }: Link) =>
      operationId === operation.operationId || operationRef.endsWith(`${escaped}/${operation.method.toLowerCase()}`)
    return links.filter(isMeant).flatMap(({ parameters = {} }) => {
      const place = parameters[name] ?? parameters[`path.${name}`]
      return typeof place === 'string' ? [{ entry, places: [place], creates: entry.operation.method !== 'GET' }] : []
    })
  })
}

/** Returns the places of an id in the success of an operation, the most likely first. */
function placesIn(description: OpenAPI, { source, operation }: Entry, name: string): string[] {
  const [, success] = Object.entries(source.responses ?? {}).find(([status]) => status.startsWith('2')) ?? []
  const { content = {} } = success ? resolveReference(description, success) : {}
  const schema = Object.entries(content).find(([mediaType]) => /[/+]json/.test(mediaType))?.[1].schema
  const noun = operation.path.split('/').at(-1)?.replace(/s$/, '') ?? ''
  const names = [
    ...new Set([name, toSnake(name), 'id', `${noun}Id`, `${noun}_id`, 'uuid', '_id', 'key', 'slug', 'code', 'name']),
  ]
  const bases = ['', ...findHolders(description, schema, '')]
  return bases.flatMap((base) => names.map((one) => `$response.body#${base}/${one}`))
}

const toSnake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Returns the pointers to the objects in a response that may have the id: envelopes and items. */
export function findHolders(description: OpenAPI, schema: Schema | undefined, at: string): string[] {
  const { type, properties, items } = flattenSchema(description, schema ?? {})
  if (type === 'array') return items ? [`${at}/0`] : []
  return Object.entries(properties).flatMap(([name, property]) => {
    const inner = flattenSchema(description, property)
    if (inner.type === 'array' && isObject(inner.items)) return [`${at}/${name}/0`]
    return inner.type === 'object' && at === '' ? [`/${name}`] : []
  })
}
