import { findOperationObject, resolveReference, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { essence, isJson } from '@livepeer-ai/server'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

export interface CheckedResponse {
  status: number
  mediaType: string
  body: Buffer
}

/** Returns the differences between a response and the description, in words. */
export type CheckResponse = (operation: Operation, response: CheckedResponse) => string[]

export function createResponseCheck(description: OpenAPI): CheckResponse {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const compiled = new Map<object, ValidateFunction>()

  return (operation, { status, mediaType, body }) => {
    const { responses = {} } = findOperationObject(description, operation) ?? {}
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
