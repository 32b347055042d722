import { essence, isJson } from './media-type.ts'

/** Returns a value as the text of a body of a media type, as the server of Prism does. */
export function serializeBody(value: unknown, mediaType: string): string | null {
  if (value === undefined) return null
  if (isJson(mediaType)) return JSON.stringify(value)
  if (typeof value === 'string') return value
  return isXml(mediaType) ? toXml('xml', value) : JSON.stringify(value)
}

function isXml(mediaType: string): boolean {
  return /^(application|text)\/(.+\+)?xml$/.test(essence(mediaType))
}

function toXml(name: string, value: unknown): string {
  if (value === undefined) return ''
  if (value === null) return `<${name}/>`
  if (Array.isArray(value)) return value.map((entry) => toXml(name, entry)).join('')
  if (typeof value !== 'object')
    return `<${name}>${escapeXml(typeof value === 'string' ? value : JSON.stringify(value))}</${name}>`
  const members = Object.entries(value).map(([key, member]) => toXml(key, member))
  return `<${name}>${members.join('')}</${name}>`
}

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
