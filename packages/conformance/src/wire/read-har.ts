import { isObject, listFormParts } from '@livepeer-ai/openapi'
import { toRequestFacts, type FileFacts, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import type { Context } from '../check.ts'
import { headerOf, type Exchange, type Header, type ReceivedResponse } from '../exchange.ts'
import { redactResponse, redactText, secretHeaders } from './redact.ts'

/** Text that is not an HTTP Archive, or that has no usable exchange. */
export class HarError extends Error {
  override name = 'HarError' as const
}

interface HarMessage {
  headers?: { name: string; value: string }[]
  httpVersion?: string
}

interface HarParameter {
  name: string
  value?: string
  fileName?: string
}

interface HarRequest extends HarMessage {
  method: string
  url: string
  postData?: { text?: string; params?: HarParameter[] }
}

interface HarEntry {
  startedDateTime?: string
  time?: number
  request: HarRequest
  response: HarMessage & { status: number; statusText?: string; content?: { text?: string; encoding?: string } }
}

/**
 * Reads the exchanges with the contract's operation and with the gateway's own description.
 *
 * @throws HarError
 */
export function readHar(text: string, context: Context): Exchange[] {
  return parseEntries(text).flatMap((entry, index) => toExchange(entry, index, context))
}

function parseEntries(text: string): HarEntry[] {
  let archive: unknown
  try {
    archive = JSON.parse(text)
  } catch {
    throw new HarError('The recording is not JSON.')
  }
  const log = isObject(archive) ? archive['log'] : undefined
  const entries = isObject(log) ? log['entries'] : undefined
  if (!Array.isArray(entries)) throw new HarError('The recording is not an HTTP Archive: it has no log.entries.')
  const broken = entries.findIndex((entry: unknown) => !isEntry(entry))
  if (broken >= 0) throw new HarError(`Entry ${broken + 1} of the recording has no request with a URL, or no response.`)
  return entries as HarEntry[]
}

const isEntry = (entry: unknown): boolean =>
  isObject(entry) &&
  isObject(entry['request']) &&
  isObject(entry['response']) &&
  typeof entry['request']['url'] === 'string' &&
  URL.canParse(entry['request']['url'])

/** Returns an entry as an exchange, or nothing if it is about another path. */
function toExchange(entry: HarEntry, index: number, context: Context): Exchange[] {
  const { startedDateTime = '', time = 0, request, response } = entry
  const url = new URL(request.url)
  const target = [context.operation.path, '/openapi.json'].find((path) => url.pathname.endsWith(path))
  if (target === undefined) return []
  const secrets = secretsOf(request, url)
  const cut = (value: string) => redactText(value, secrets)
  const headers = headersOf(request).map(([name, value]): Header => [name, cut(value)])
  const sent = {
    // A recorded request may be valid, so it counts as one that is transcribed.
    plan: { method: request.method, target, seconds: 1 },
    id: `har-${index + 1}`,
    url: url.origin + url.pathname,
    method: request.method,
    target: url.pathname,
    headers,
    body: Buffer.from(cut(request.postData?.text ?? '')),
    isPartial: ['GET', 'HEAD', 'OPTIONS'].includes(request.method) ? undefined : (true as const),
    facts: factsOf(request, target, headers, cut, context),
  }
  const outcome =
    response.status > 0
      ? { response: redactResponse(toResponse(response, time), secrets) }
      : { failure: { code: 'dropped' as const, message: 'the recording has no response' } }
  return [{ request: sent, ...outcome, startedAt: startedDateTime, ms: time }]
}

function toResponse(response: HarEntry['response'], ms: number): ReceivedResponse {
  const { text = '', encoding } = response.content ?? {}
  return {
    httpVersion: (response.httpVersion ?? 'HTTP/1.1').replace('HTTP/', ''),
    status: response.status,
    reason: response.statusText ?? '',
    headers: headersOf(response),
    body: Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8'),
    interim: [],
    headersMs: ms,
    faults: [],
  }
}

/** Returns the credentials of a request. Words as short as a scheme are left out. */
function secretsOf(request: HarRequest, { searchParams }: URL): string[] {
  const carriers = headersOf(request).filter(([name]) => secretHeaders.has(name.toLowerCase()))
  const words = carriers.flatMap(([, value]) => [value.replace(/^\S+ +/, ''), ...value.split(/[\s;,=]+/)])
  return [...words, searchParams.get('access_token') ?? ''].filter((word) => word.length >= 8)
}

const headersOf = ({ headers = [] }: HarMessage): Header[] => headers.map(({ name, value }) => [name, value])

function factsOf(
  { method, postData }: HarRequest,
  path: string,
  headers: readonly Header[],
  cut: (value: string) => string,
  { contract, operation }: Context,
): RequestFacts {
  return toRequestFacts({
    method,
    path,
    header: (name) => headerOf({ headers }, name),
    // A recording does not tell which credentials are valid.
    isToken: () => true,
    form: postData?.params && toForm(postData.params, cut),
    partNames: path === operation.path ? listFormParts(contract.description, operation) : undefined,
  })
}

/** Returns the parts of a form. A recording has the names of files and rarely their bytes. */
function toForm(
  parameters: readonly HarParameter[],
  cut: (value: string) => string,
): { fields: Record<string, string>; files: Record<string, FileFacts> } {
  const isFile = ({ fileName }: HarParameter) => fileName !== undefined
  const fields = parameters.filter((parameter) => !isFile(parameter))
  return {
    fields: Object.fromEntries(fields.map(({ name, value = '' }) => [name, cut(value)])),
    files: Object.fromEntries(parameters.filter(isFile).map(({ name }) => [name, {}])),
  }
}
