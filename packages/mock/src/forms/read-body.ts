import {
  findOperationObject,
  resolveReference,
  type MediaType,
  type OpenAPI,
  type Operation,
} from '@livepeer-ai/openapi'
import { essence, findContent, isJson, unprocessable, type Call } from '@livepeer-ai/server'
import type { FileNotes } from '../calls/noted-form.ts'
import { readForm } from './read-form.ts'
import { readText } from './read-text.ts'
import { findReserved } from './reserved.ts'
import { createSchemaReader, type SchemaReader } from './schema-types.ts'

/** The value of a body, as JSON has it. */
export interface ReadBody {
  value?: unknown
  /** False for a body that no schema describes, such as XML. */
  isReadable: boolean
}

/**
 * Returns a function that reads the body of a call as the value that its schema describes.
 * It throws a 422 for characters that a urlencoded form has to encode.
 */
export function createReadBody(description: OpenAPI): (call: Call<FileNotes>) => ReadBody {
  const reader = createSchemaReader(description)
  const contents = new Map<Operation, Readonly<Record<string, MediaType>>>()

  function mediaOf(operation: Operation, type: string): MediaType {
    let content = contents.get(operation)
    if (!content) {
      const { requestBody } = findOperationObject(description, operation) ?? {}
      content = requestBody ? resolveReference(description, requestBody).content : {}
      contents.set(operation, content)
    }
    return findContent(content, type) ?? {}
  }

  return ({ request, operation, texts, files, value }) => {
    const type = essence(request.headers.get('content-type') ?? '')
    if (isJson(type) || (value === undefined && !texts.length && !files.length && !isForm(type)))
      return { value, isReadable: true }
    const media = mediaOf(operation, type)
    if (isForm(type)) {
      if (!texts.length && !files.length && !operation.requestBody?.required) return { isReadable: true }
      const reserved = value instanceof Uint8Array ? findReserved(decode(value, 'utf8'), media) : []
      if (reserved.length) throw unprocessable(...reserved)
      return { value: readForm({ texts, files }, media, reader), isReadable: true }
    }
    return value instanceof Uint8Array ? readRaw(value, type, media, reader) : { value, isReadable: true }
  }
}

const isForm = (type: string) => type === 'multipart/form-data' || type === 'application/x-www-form-urlencoded'

/** Reads a body that is neither JSON nor a form. A character stands for each byte of a binary. */
function readRaw(bytes: Uint8Array, type: string, { schema }: MediaType, reader: SchemaReader): ReadBody {
  const isText = type.startsWith('text/')
  const types = reader.typesOf(schema)
  const isScalar = ['string', 'number', 'integer', 'boolean'].some((name) => types.has(name as 'string'))
  if (schema === undefined || !isScalar || isXml(type)) return { value: 'x', isReadable: false }
  return { value: readText(decode(bytes, isText ? 'utf8' : 'latin1'), schema, reader), isReadable: true }
}

const isXml = (type: string) => /^(application|text)\/(.+\+)?xml$/.test(type)

function decode({ buffer, byteOffset, byteLength }: Uint8Array, encoding: 'utf8' | 'latin1'): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString(encoding)
}
