import { resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Issue } from './http-error.ts'
import type { Form } from './multipart.ts'

/** What the parts of a form tell about themselves before anybody looks at their values: which are missing, and which are files. */
export function formIssues(
  description: OpenAPI,
  schema: Schema | undefined,
  { fields, files }: Form<unknown>,
): Issue[] {
  const { properties = {}, required = [] } = (schema ? resolveReference(description, schema) : {}) as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).flatMap(([name, property]): Issue[] => {
    const loc = ['body', name]
    const file = files.findLast((candidate) => candidate.name === name)
    const isText = Object.hasOwn(fields, name)
    if (!file && !isText) return required.includes(name) ? [{ loc, msg: 'Field required', type: 'missing' }] : []
    const wantsFile = isBinary(resolveReference(description, property))
    if (wantsFile && !file) return [{ loc, msg: 'Expected a file, received text', type: 'file_expected' }]
    if (wantsFile && file?.size === 0) return [{ loc, msg: 'The file is empty', type: 'file_empty' }]
    if (!wantsFile && !isText) return [{ loc, msg: 'Expected text, received a file', type: 'text_expected' }]
    return []
  })
}

/** OpenAPI 3.0 says `format: binary`; 3.1 may say nothing but the media type, or nothing at all. */
function isBinary({ type, format, contentMediaType, contentEncoding }: Schema): boolean {
  if (format === 'binary') return true
  return contentMediaType !== undefined && contentEncoding === undefined && (type === undefined || type === 'string')
}
