import type { Operation } from '@livepeer-ai/openapi'
import type { Sample } from './sample.ts'

/** The operations on the items of a collection, with their samples. */
export interface Resource {
  /** The path of an item, for example `/bookings/{bookingId}`. */
  path: string
  /** The name of the last parameter of the path. */
  parameter: string
  create?: Sample | undefined
  list?: Sample | undefined
  read?: Sample | undefined
  replace?: Sample | undefined
  update?: Sample | undefined
  remove?: Sample | undefined
}

/** Returns the resource that an operation belongs to, as a collection or as an item. */
export function findResource({ path }: { path: string }, samples: Iterable<Sample>): Resource | undefined {
  const all = [...samples]
  const at = (method: string, place: string) =>
    all.find(({ operation }) => operation.method === method && operation.path === place)
  const isItem = /\/\{[^/}]+\}$/.test(path)
  const item = isItem ? path : all.find(({ operation }) => isItemOf(operation.path, path))?.operation.path
  if (item === undefined) return undefined
  const collection = item.slice(0, item.lastIndexOf('/'))
  return {
    path: item,
    parameter: item.slice(item.lastIndexOf('{') + 1, -1),
    create: at('POST', collection),
    list: at('GET', collection),
    read: at('GET', item),
    replace: at('PUT', item),
    update: at('PATCH', item),
    remove: at('DELETE', item),
  }
}

/** Returns the operation that returns the file of an upload, at its path or below its items. */
export function findContent({ body, operation }: Sample, samples: Iterable<Sample>): Sample | undefined {
  if (!body || (Object.keys(body.files).length === 0 && !(body.value instanceof Uint8Array))) return undefined
  const all = [...samples]
  const item = findResource(operation, all)?.path ?? operation.path
  return [operation.path, item].map((path) => all.find((one) => isContentOf(one.operation, path))).find(Boolean)
}

const isContentOf = ({ method, path, responses }: Operation, item: string): boolean => {
  const mediaTypes = responses['200'] ?? []
  const isBelow = path === item || (path.startsWith(`${item}/`) && !path.slice(item.length).includes('{'))
  return method === 'GET' && isBelow && mediaTypes.length > 0 && !mediaTypes.some((one) => /json/.test(one))
}

const isItemOf = (path: string, collection: string): boolean =>
  path.startsWith(`${collection}/{`) && path.indexOf('/', collection.length + 1) < 0
