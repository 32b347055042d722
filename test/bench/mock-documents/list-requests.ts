import type { Description } from './documents.ts'

interface Parameter {
  name: string
  in: string
  required?: boolean
  example?: unknown
  examples?: Record<string, { value?: unknown }>
  schema?: { type?: string; example?: unknown; default?: unknown; enum?: unknown[] }
}

/** Returns the paths of valid GET requests, spread over the operations of a description. */
export function listRequests(description: Description, amount: number): string[] {
  const operations = Object.entries(description.paths).filter(([, item]) => 'get' in item)
  const step = Math.max(1, Math.floor(operations.length / amount))
  return operations
    .filter((_, index) => index % step === 0)
    .slice(0, amount)
    .map(([path, item]) => fillPath(description, path, item))
}

function fillPath(description: Description, path: string, item: Record<string, unknown>): string {
  const { parameters: own = [] } = item['get'] as { parameters?: unknown[] }
  const query = new URLSearchParams()
  let filled = path
  for (const reference of [...((item['parameters'] as unknown[] | undefined) ?? []), ...own]) {
    const parameter = resolve(description, reference) as Parameter
    const value = String(valueOf(parameter, resolve(description, parameter.schema ?? {}) as Parameter['schema']))
    if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, encodeURIComponent(value))
    else if (parameter.in === 'query' && parameter.required) query.set(parameter.name, value)
  }
  return query.size ? `${filled}?${query.toString()}` : filled
}

function valueOf({ example, examples }: Parameter, schema: Parameter['schema'] = {}): unknown {
  const [named] = Object.values(examples ?? {})
  const fallback = schema.type === 'string' || schema.type === undefined ? 'x' : 1
  return example ?? named?.value ?? schema.example ?? schema.default ?? schema.enum?.[0] ?? fallback
}

function resolve(description: Description, node: unknown): unknown {
  const { $ref } = node as { $ref?: string }
  if ($ref === undefined) return node
  const keys = $ref.slice(2).split('/')
  return resolve(
    description,
    keys.reduce<unknown>((parent, key) => Reflect.get(parent as object, key), description),
  )
}
