import { FileError, findReason } from '../../errors.ts'
import { FilePath, fileFromResponse, nameInUrl, nameOf, type NativeFile } from '../file-input.ts'
import type { SentFile } from '../form.ts'
import { labelFile, subtypes } from '../label-file.ts'
import { fromBase64, toBase64 } from './base64.ts'

/** A file that React Native's FormData can send: it reads files by their URI only. */
export type NativePart = Required<NativeFile> & SentFile

/** Returns the file in a value, or undefined if React Native cannot send the value as a file. */
export async function toNativePart(value: unknown, field: string): Promise<NativePart | undefined> {
  if (value instanceof FilePath) return fromUri({ uri: value.path }, field)
  const { uri, blob } = Object(value) as { uri?: unknown; blob?: unknown }
  if (typeof uri === 'string') return fromUri(value as NativeFile, field)
  if (typeof blob === 'function') return fromResponse(value as Response, field)
  if (ArrayBuffer.isView(value))
    return fromBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), field)
  if (value instanceof ArrayBuffer) return fromBytes(new Uint8Array(value), field)
  return value instanceof Blob ? fromBlob(value, field, nameOf(value)) : undefined
}

/** Names and types the file by its URI, because its bytes are not at hand. */
function fromUri(
  { uri, name = /^data:/i.test(uri) ? '' : nameInUrl(uri), type }: NativeFile,
  field: string,
): NativePart {
  const container = /\.(wav|mp3|m4a|webm|flac|ogg|aac)$/i.exec(name)?.[1]?.toLowerCase()
  return {
    // A path of the file system has no scheme.
    uri: uri.startsWith('/') ? `file://${uri}` : uri,
    name: name || field,
    // Android rejects a file without a type.
    type: type ?? /^data:([^;,]+)/i.exec(uri)?.[1] ?? mediaTypeOf(container),
    container,
  }
}

function mediaTypeOf(container: string | undefined): string {
  return container ? `audio/${subtypes[container] ?? container}` : 'application/octet-stream'
}

async function fromResponse(response: Response, field: string): Promise<NativePart> {
  const { ok, status, url, headers, bodyUsed } = response
  // React Native's Response has no stream.
  const { name } = fileFromResponse({ ok, status, url, headers, bodyUsed, body: {} } as Response)
  const blob = await response.blob().catch((cause: unknown) => {
    throw new FileError(`${name || 'The Response'} broke off: ${findReason(cause)}`, { cause })
  })
  return fromBlob(blob, field, name)
}

async function fromBlob(blob: Blob, field: string, name: string | undefined): Promise<NativePart> {
  const { size, type } = blob
  const uri = await readAsDataUrl(blob)
  const head = fromBase64(uri.replace(/^.*,/s, '').slice(0, 16))
  return toPart(head, field, { uri, size, name, type })
}

function fromBytes(bytes: Uint8Array, field: string): NativePart {
  const uri = `data:application/octet-stream;base64,${toBase64(bytes)}`
  return toPart(bytes, field, { uri, size: bytes.length })
}

interface Known {
  uri: string
  size: number
  name?: string | undefined
  type?: string
}

function toPart(head: Uint8Array, field: string, { uri, size, name, type }: Known): NativePart {
  if (!size) throw new FileError(`${name ?? field} is empty: there is nothing to send`)
  return { uri, size, ...labelFile(head, field, name, type) }
}

function readAsDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () =>
      reject(new FileError(`The Blob cannot be read: ${findReason(reader.error)}`)),
    )
    reader.readAsDataURL(blob)
  })
}
