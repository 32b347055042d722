import { listOperations, resolveReference, type OpenAPI, type PathItem } from '@livepeer-ai/openapi'
import { essence, isJson } from '@livepeer-ai/server'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

export interface CheckedResponse {
  status: number
  mediaType: string
  body: Buffer
}

/** How an answer to an operation differs from the description, in words; nothing for one that is as documented. */
export type CheckResponse = (operationId: string, response: CheckedResponse) => string[]

export function createCheckResponse(description: OpenAPI): CheckResponse {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const compiled = new Map<object, ValidateFunction>()
  const operations = new Map(listOperations(description).map((operation) => [operation.operationId, operation]))

  return (operationId, { status, mediaType, body }) => {
    const { path, method } = operations.get(operationId)!
    const item = resolveReference<PathItem>(description, description.paths![path]!)
    const responses = item[method.toLowerCase() as 'get']?.responses ?? {}
    const documented = responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses['default']
    if (!documented) return [`the status ${status} is not documented`]
    const { content } = resolveReference(description, documented)
    if (!content) return []
    const media = Object.entries(content).find(([type]) => essence(type) === essence(mediaType))?.[1]
    if (!media) return [`the media type '${mediaType}' is not documented for the status ${status}`]
    if (!media.schema || !isJson(mediaType)) return []
    const schema = { ...media.schema, components: description.components }
    const validate = compiled.get(media) ?? ajv.compile(schema)
    compiled.set(media, validate)
    try {
      if (validate(JSON.parse(body.toString()))) return []
    } catch {
      return ['the body is not JSON']
    }
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `body${instancePath.replaceAll('/', '.')} ${message}`,
    )
  }
}
