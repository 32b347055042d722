import { resolveReference, type OpenAPI, type Schema } from '@livepeer-ai/openapi'
import type { Issue } from '../http/http-error.ts'
import type { MultipartForm } from './multipart.ts'

/** Returns a function that finds missing parts, and files and texts in each other's place. */
export function createFormCheck(
  description: OpenAPI,
  schema: Schema | undefined,
): (form: MultipartForm<unknown>) => Issue[] {
  const { properties = {}, required = [] } = (schema ? resolveReference(description, schema) : {}) as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  const parts = Object.entries(properties).map(([name, property]) => ({
    name,
    loc: ['body', name],
    isRequired: required.includes(name),
    wantsFile: isBinary(resolveReference(description, property)),
  }))
  return ({ fields, files }) =>
    parts.flatMap(({ name, loc, isRequired, wantsFile }): Issue[] => {
      const file = files.findLast((candidate) => candidate.name === name)
      const isText = Object.hasOwn(fields, name)
      if (!file && !isText) return isRequired ? [{ loc, msg: 'Field required', type: 'missing' }] : []
      if (wantsFile && !file) return [{ loc, msg: 'Expected a file, received text', type: 'file_expected' }]
      if (wantsFile && file?.size === 0) return [{ loc, msg: 'The file is empty', type: 'file_empty' }]
      if (!wantsFile && !isText) return [{ loc, msg: 'Expected text, received a file', type: 'text_expected' }]
      return []
    })
}

/** Returns true for a file. OpenAPI 3.0 has `format: binary`; 3.1 may have only a media type. */
function isBinary({ type, format, contentMediaType, contentEncoding }: Schema): boolean {
  if (format === 'binary') return true
  return contentMediaType !== undefined && contentEncoding === undefined && (type === undefined || type === 'string')
}
