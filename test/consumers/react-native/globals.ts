import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * The globals of React Native, for a realm without those of Node
 * (https://reactnative.dev/docs/network, react-native/Libraries/Network): FormData with
 * `getParts()`, a fetch() without streams, signals without reasons, and a FileReader for `data:`
 * URLs. Bodies are sent like its Android module: each file needs a URI and a type.
 */

interface Part {
  fieldName: string
  headers: Record<string, string>
  string?: string
  uri?: string
  name?: string
  type?: string
}

class NativeFormData {
  readonly #parts: [string, unknown][] = []

  append(key: string, value: unknown): void {
    this.#parts.push([key, value])
  }

  getParts(): Part[] {
    return this.#parts.map(([fieldName, value]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return { string: String(value), headers: {}, fieldName }
      const { type } = value as { type?: unknown }
      return { ...value, headers: typeof type === 'string' ? { 'content-type': type } : {}, fieldName }
    })
  }
}

class NativeAbortController {
  readonly signal = Object.assign(new EventTarget(), { aborted: false })

  abort(): void {
    this.signal.aborted = true
    this.signal.dispatchEvent(new Event('abort'))
  }
}

class NativeResponse {
  readonly type = 'default'
  readonly ok: boolean
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  readonly url: string = ''
  readonly bodyUsed = false
  readonly #body: Blob

  constructor(body: Blob | string | null, { status = 200, statusText = '', headers }: ResponseInit = {}) {
    this.#body = new Blob(body === null ? [] : [body])
    this.ok = status >= 200 && status < 300
    this.status = status
    this.statusText = statusText
    this.headers = new Headers(headers)
  }

  text = () => this.#body.text()
  blob = async () => this.#body
  json = async () => JSON.parse(await this.#body.text()) as unknown
}

/** The files that were sent, as the app described them. */
const sent: Part[] = []
async function toForm(body: NativeFormData): Promise<FormData> {
  const form = new FormData()
  for (const part of body.getParts()) {
    const { fieldName, string, uri, name, headers } = part
    if (string !== undefined) {
      form.append(fieldName, string)
      continue
    }
    if (!uri) throw new TypeError('Unrecognized FormData part.')
    if (!headers['content-type']) throw new TypeError('Binary FormData part needs a content-type header.')
    const [, data] = /^data:[^,]*;base64,(.*)/.exec(uri) ?? []
    const bytes = data === undefined ? await readFile(fileURLToPath(uri)) : Buffer.from(data, 'base64')
    sent.push(part)
    form.append(fieldName, new Blob([bytes], { type: headers['content-type'] }), name)
  }
  return form
}

async function nativeFetch(
  url: string,
  init: Omit<RequestInit, 'body'> & { body?: NativeFormData } = {},
): Promise<NativeResponse> {
  const { method = 'GET', headers, body, signal } = init
  const aborted = new Promise<never>((_, reject) =>
    signal?.addEventListener('abort', () => reject(new Error('Aborted'))),
  )
  const arrived = (async () =>
    fetch(url, { method, ...(headers && { headers }), ...(body && { body: await toForm(body) }) }))()
  const response = await Promise.race([arrived, aborted]).catch(() => {
    throw new TypeError('Network request failed')
  })
  const { status, statusText } = response
  const native = new NativeResponse(await response.blob(), { status, statusText, headers: response.headers })
  return Object.assign(native, { url: response.url })
}

class NativeRequest extends EventTarget {
  readonly upload = new EventTarget()
  responseType = ''
  responseURL = ''
  status = 0
  statusText = ''
  response: Blob | undefined
  #url = ''
  #method = ''
  readonly #headers = new Headers()
  #received = new Headers()

  open(method: string, url: string): void {
    this.#method = method
    this.#url = url
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value)
  }

  getAllResponseHeaders = () => Array.from(this.#received, ([name, value]) => `${name}: ${value}\r\n`).join('')

  async send(body: NativeFormData): Promise<void> {
    try {
      const answer = await nativeFetch(this.#url, { method: this.#method, headers: this.#headers, body })
      this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 10, total: 10 }))
      Object.assign(this, { status: answer.status, responseURL: answer.url, response: await answer.blob() })
      this.#received = answer.headers
      this.dispatchEvent(new Event('load'))
    } catch {
      this.dispatchEvent(new Event('error'))
    }
  }
}

class NativeFileReader extends EventTarget {
  result = ''
  error: unknown

  async readAsDataURL(blob: Blob): Promise<void> {
    const content = Buffer.from(await blob.arrayBuffer()).toString('base64')
    this.result = `data:${blob.type || 'application/octet-stream'};base64,${content}`
    this.dispatchEvent(new Event('load'))
  }
}

/** All that the app finds besides the language itself. */
export const globals = {
  console,
  setTimeout,
  clearTimeout,
  URL,
  Headers,
  Blob,
  FormData: NativeFormData,
  AbortController: NativeAbortController,
  Response: NativeResponse,
  XMLHttpRequest: NativeRequest,
  FileReader: NativeFileReader,
  fetch: nativeFetch,
  sentFiles: sent,
}
