import { methods, resolveReference, type OpenAPI, type OperationObject } from './openapi.ts'

/** The facts about an operation that routers, clients and tests need before they read a schema. */
export interface Operation {
  operationId: string
  /** Upper case, as in a request line. */
  method: string
  /** The path template, for example `/jobs/{id}`. */
  path: string
  requestBody?: { required: boolean; mediaTypes: string[] } | undefined
  /** The media types of each documented status (or range, or `default`). */
  responses: Record<string, string[]>
  /**
   * Alternatives; each lists the security schemes that are required together. Empty: no security.
   */
  security: string[][]
}

/** Returns every operation of the description, in document order. */
export function listOperations(description: OpenAPI): Operation[] {
  return Object.entries(description.paths ?? {}).flatMap(([path, item]) => {
    if (path.startsWith('x-')) return []
    const pathItem = resolveReference(description, item)
    return methods.flatMap((method) => {
      const source = pathItem[method]
      return source ? [operation(description, path, method, source)] : []
    })
  })
}

function operation(description: OpenAPI, path: string, method: string, source: OperationObject): Operation {
  const requestBody = source.requestBody && resolveReference(description, source.requestBody)
  const responses = Object.entries(source.responses ?? {})
  return {
    operationId: source.operationId ?? `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    requestBody: requestBody && {
      required: requestBody.required ?? false,
      mediaTypes: Object.keys(requestBody.content),
    },
    responses: Object.fromEntries(
      responses.map(([status, response]) => [
        status,
        Object.keys(resolveReference(description, response).content ?? {}),
      ]),
    ),
    security: (source.security ?? description.security ?? []).map((requirement) => Object.keys(requirement)),
  }
}
