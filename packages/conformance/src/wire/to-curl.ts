import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { attachedFolder, type AttachedFile } from '../attached-files.ts'
import { headerOf, type SentRequest } from '../exchange.ts'
import type { MultipartBody, Part } from '../request-plan.ts'

/** A command that sends a request again, with `$TOKEN` for the token, and its files. */
export interface CurlCommand {
  command: string
  files: AttachedFile[]
}

type RepeatedRequest = Pick<
  SentRequest,
  'plan' | 'id' | 'method' | 'url' | 'headers' | 'body' | 'isPartial' | 'follows'
>

/** Returns the curl command for a request; undefined if curl cannot send the same bytes. */
export function toCurl(request: RepeatedRequest): CurlCommand | undefined {
  const { plan, method, url, body } = request
  const { together: _, ...delivery } = plan.delivery ?? {}
  if (
    Object.keys(delivery).length ||
    request.isPartial ||
    request.follows ||
    body.length > maxBytes ||
    body.includes('{token}')
  )
    return undefined
  const { words, files } = toContent(request)
  const isDefault = method === (words.length ? 'POST' : 'GET') || method === 'HEAD'
  const options = [method === 'HEAD' ? '-sSI' : '-sSi', ...(isDefault ? [] : ['-X', method])]
  if (url.startsWith('https:')) options.push('--http1.1')
  if (url.includes('/.')) options.push('--path-as-is')
  if (/[[\]{}]/.test(url)) options.push('--globoff')
  const headers = listHeaders(request, words[0]).flatMap((header) => ['-H', quote(header)])
  return { command: ['curl', ...options, quote(url), ...headers, ...words].join(' '), files }
}

/** Joins the commands of simultaneous requests. */
export const joinCurls = (commands: readonly CurlCommand[]): CurlCommand => ({
  command: `${commands.map(({ command }) => `${command} &\n`).join('')}wait`,
  files: commands.flatMap(({ files }) => files),
})

/** curl adds these headers itself. */
const usualHeaders = new Set(['host', 'content-length', 'user-agent', 'connection'])

/** curl waits for 100 before it sends a larger body. */
const expectsFrom = 2 ** 20

/** Lists the header arguments. A name without a value removes a header of curl. */
function listHeaders({ plan, headers, body }: RepeatedRequest, content: string | undefined): string[] {
  const isForm = content === '-F' || content === '--form-string'
  const changed = new Set(Object.keys(plan.headers ?? {}).map((name) => name.toLowerCase()))
  const isUsual = (name: string) =>
    (usualHeaders.has(name) && !changed.has(name)) || (isForm && name === 'content-type')
  const has = (name: string) => headerOf({ headers }, name) !== undefined
  const own = headers
    .filter(([name]) => !isUsual(name.toLowerCase()))
    .map(([name, value]) => (value === '' ? `${name};` : `${name}: ${value}`))
  if (!has('accept')) own.push('Accept:')
  if (content !== undefined && !isForm && !has('content-type')) own.push('Content-Type:')
  if (body.length > expectsFrom && !has('expect')) own.push('Expect:')
  return own
}

/** Returns the arguments for the body. curl reads a body from a file that is no plain form. */
function toContent({ plan, id, method, body }: RepeatedRequest): { words: string[]; files: AttachedFile[] } {
  const isTyped = Object.keys(plan.headers ?? {}).some((name) => name.toLowerCase() === 'content-type')
  if (plan.body && 'parts' in plan.body && !isTyped && isPlainForm(plan.body)) return toForm(plan.body.parts)
  if (!plan.body && !body.length && !['POST', 'PUT', 'PATCH'].includes(method)) return { words: [], files: [] }
  const text = body.toString()
  if (text.length <= maxInline && Buffer.from(text).equals(body) && !/[^\P{Cc}\t\n]/u.test(text))
    return { words: ['--data-raw', quote(text)], files: [] }
  const file = { name: `${id}.body`, content: body }
  return { words: ['--data-binary', `@${attachedFolder}/${file.name}`], files: [file] }
}

/** Larger bodies are not written to a file. */
const maxBytes = 8 * 2 ** 20

/** Longer bodies are read from a file. */
const maxInline = 500

/** Returns true for a form without deliberate errors, which curl writes in the same way. */
const isPlainForm = ({ parts, ...changes }: MultipartBody): boolean =>
  Object.keys(changes).length === 0 && parts.length > 0 && parts.length <= 10 && parts.every(isPlainPart)

function isPlainPart({ name, value, filename, type, headers }: Part): boolean {
  if (headers || !/^[\w.-]+$/.test(name)) return false
  if (filename === undefined) return typeof value === 'string' && type === undefined && value.length <= maxInline
  return /^[\w.-]{1,80}$/.test(filename) && type !== undefined && /^[\w./+-]+$/.test(type)
}

function toForm(parts: readonly Part[]): { words: string[]; files: AttachedFile[] } {
  const files: AttachedFile[] = []
  const words = parts.flatMap(({ name, value, filename, type = '' }) => {
    if (filename === undefined) return ['--form-string', quote(`${name}=${String(value)}`)]
    const content = Buffer.from(value as string)
    const file = { name: toUniqueName(filename, content), content }
    files.push(file)
    return ['-F', quote(`${name}=@${attachedFolder}/${file.name};filename=${filename};type=${type}`)]
  })
  return { words, files }
}

/** Adds a hash of the content, because recordings with the same name may differ. */
function toUniqueName(filename: string, content: Buffer): string {
  const extension = extname(filename)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 6)
  return `${filename.slice(0, filename.length - extension.length).replace(/^\.+/, '')}-${hash}${extension}`
}

/** Quotes a word for a POSIX shell, which replaces placeholders of credentials. */
export function quote(text: string): string {
  if (text.search(placeholder) >= 0)
    return `"${text
      .replaceAll(/[\\"$`]/g, String.raw`\$&`)
      .replaceAll(placeholder, (_, name: string, cut: string | undefined, next: string) => {
        const variable = name.replace('secret.', '').toUpperCase().replaceAll(/\W/g, '_')
        if (cut !== undefined) return `\${${variable}%??}`
        return next === '' ? `$${variable}` : `\${${variable}}`
      })}"`
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

const placeholder = /\{(token|secret\.[\w.-]*?)(-cut)?\}(?=(\w?))/g
