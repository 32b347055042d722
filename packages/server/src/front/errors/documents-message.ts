import { methods, resolveReference, type OpenAPI, type Reference, type Response } from '@livepeer-ai/openapi'
import { isJson } from '../../http/media-type.ts'
import { collectProperties } from './collect-properties.ts'

/**
 * Returns true if most of the documented errors have the shape with a message. Errors that concern
 * no operation then get it, too.
 */
export function documentsMessage(description: OpenAPI): boolean {
  // Many operations share a response.
  const known = new Map<unknown, boolean | undefined>()
  let shapes = 0
  let messages = 0
  for (const response of listErrorResponses(description)) {
    const key = '$ref' in response ? response.$ref : response
    if (!known.has(key)) known.set(key, hasMessage(description, response))
    const isMessage = known.get(key)
    if (isMessage !== undefined) shapes++
    if (isMessage) messages++
  }
  return shapes > 0 && messages * 2 >= shapes
}

function listErrorResponses(description: OpenAPI): (Response | Reference)[] {
  const items = Object.entries(description.paths ?? {})
    .filter(([path]) => path.startsWith('/'))
    .map(([, item]) => resolveReference(description, item))
  return items.flatMap((item) =>
    methods.flatMap((method) =>
      Object.entries(item[method]?.responses ?? {})
        .filter(([status]) => /^[45]\d\d$/.test(status))
        .map(([, response]) => response),
    ),
  )
}

/** Returns true for a body with `detail.msg`, or undefined if the response has no JSON schema. */
function hasMessage(description: OpenAPI, response: Response | Reference): boolean | undefined {
  try {
    const content = Object.entries(resolveReference(description, response).content ?? {})
    const schema = content.find(([mediaType]) => isJson(mediaType))?.[1].schema
    if (!schema) return undefined
    return collectProperties(description, collectProperties(description, schema).get('detail')).has('msg')
  } catch {
    return undefined
  }
}
