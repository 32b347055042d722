import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  findOperationObject,
  isObject,
  listOperations,
  resolveReference,
  resolveSchema,
  type OpenAPI,
  type Operation,
} from '@livepeer-ai/openapi'
import { parse } from 'yaml'
import { problem, type Call, type Reply } from './call.ts'
import type { Defect } from './defects.ts'
import { Guesthouse, handlers } from './handlers.ts'
import { findBrokenRule, readText } from './validate.ts'

const description = parse(readFileSync(new URL('openapi.yaml', import.meta.url), 'utf8')) as OpenAPI

/** The credentials of the security schemes, as an option of the command line has them. */
export const credentials: Record<string, string> = {
  bearerAuth: 'guesthouse-bearer-token',
  basicAuth: 'admin:guesthouse-password',
  headerKey: 'guesthouse-header-key',
  queryKey: 'guesthouse-query-key',
}

/** Starts the API with these defects. */
export async function startForeignApi(
  defects: readonly Defect[] = [],
): Promise<{ url: string; countRequests: () => number; close: () => Promise<void> }> {
  const data = new Guesthouse()
  let requests = 0
  let latest: Buffer
  const isShared = defects.some(({ flag }) => flag === 'shares-body')
  const server = createServer((request, response) => {
    requests++
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    const answerWhole = async () => {
      const bytes = Buffer.concat(chunks)
      if (isShared && request.method === 'POST') {
        latest = bytes
        await sleep(20)
      }
      const body = isShared && request.method === 'POST' ? latest : bytes
      send(request, response, answer(request, body, data, defects))
    }
    request.on('end', () => void answerWhole())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    countRequests: () => requests,
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function send({ method }: IncomingMessage, response: ServerResponse, { status, headers = {}, body }: Reply): void {
  const isBinary = Buffer.isBuffer(body)
  const bytes = isBinary ? body : body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  const type = bytes && !isBinary ? { 'content-type': 'application/json' } : {}
  const length = bytes ? { 'content-length': String(bytes.length) } : {}
  response.writeHead(status, { ...type, ...length, ...headers })
  response.end(method === 'HEAD' ? undefined : bytes)
}

interface Route {
  operation: Operation
  pattern: RegExp
  names: string[]
}

const routes: Route[] = listOperations(description).map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll(/\{[^}]+\}/g, '([^/]+)')}$`),
  names: [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name),
}))

function answer(request: IncomingMessage, bytes: Buffer, data: Guesthouse, defects: readonly Defect[]): Reply {
  const url = new URL(request.url ?? '/', 'http://api.invalid')
  const here = routes.filter(({ pattern }) => pattern.test(url.pathname))
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '')
  const route = here.find(({ operation }) => operation.method === method)
  const own = defects.filter(({ operation }) => here.some((one) => one.operation.operationId === operation))
  if (!route) {
    if (here.length === 0) return problem(404, 'There is no such path.')
    const allow = [...here.map(({ operation }) => operation.method), 'OPTIONS'].join(', ')
    const reply = method === 'OPTIONS' ? { status: 204, headers: { allow } } : problem(405, 'Use another method.')
    const whole: Reply = { ...reply, headers: { ...reply.headers, allow } }
    return own.reduce((left, { otherMethods }) => otherMethods?.(left, method) ?? left, whole)
  }
  const mine = own.filter(({ operation }) => operation === route.operation.operationId)
  const reply = answerCall(route, request, url, bytes, data, mine)
  return mine.reduce((left, { answer: change }) => change?.(left, { method: request.method ?? '' }) ?? left, reply)
}

function answerCall(
  { operation, pattern, names }: Route,
  request: IncomingMessage,
  url: URL,
  bytes: Buffer,
  data: Guesthouse,
  defects: readonly Defect[],
): Reply {
  const skips = (rule: string) => defects.some((defect) => defect.skips === rule)
  const fault = findCredentialFault(operation, request, url)
  if (fault && !skips('credentials') && !skips(fault)) return refuse(operation)
  const values = (pattern.exec(url.pathname) ?? []).slice(1)
  let path: Record<string, string>
  try {
    path = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]))
  } catch {
    return problem(400, 'The path is not encoded correctly.')
  }
  const read = readParameters(operation, path, url, skips)
  if ('broken' in read) return problem(400, `Invalid: ${read.broken}`)
  const body = readBody(operation, request, bytes, skips)
  if ('status' in body) return body
  const handler = handlers[operation.operationId]
  const call: Call = {
    operation,
    path,
    query: read.query,
    header: (name) => request.headers[name] as string | undefined,
    ...body,
    has: (flag) => defects.some((defect) => defect.flag === flag),
  }
  if (!handler) return problem(404, 'Not there.')
  try {
    return handler(call, data)
  } catch (error) {
    // A handler without a check in front of it may fail.
    return problem(500, (error as Error).message)
  }
}

function refuse({ security }: Operation): Reply {
  const names = new Set(security.flat())
  const challenge = names.has('basicAuth') ? 'Basic realm="api"' : names.has('bearerAuth') ? 'Bearer' : 'ApiKey'
  const { headers, ...reply } = problem(401, 'Send valid credentials.')
  return { ...reply, headers: { ...headers, 'www-authenticate': challenge } }
}

/** Returns `missing`, `unknown`, `prefix` or `query`, or undefined for the right credentials. */
function findCredentialFault({ security }: Operation, { headers }: IncomingMessage, url: URL): string | undefined {
  const [name = ''] = security.flat()
  if (!name) return undefined
  const secret = credentials[name] ?? ''
  // Schemes are case-insensitive.
  const authorization = headers.authorization
    ?.replace(/^bearer /i, 'Bearer ')
    .replace(/^basic (.*)/i, (_, encoded: string) => `Basic ${Buffer.from(encoded, 'base64').toString()}`)
  const [sent, right] = {
    bearerAuth: [authorization, `Bearer ${secret}`],
    basicAuth: [authorization, `Basic ${secret}`],
    headerKey: [headers['x-api-key'] as string | undefined, secret],
    queryKey: [url.searchParams.get('api_key') ?? undefined, secret],
  }[name] ?? [undefined, '']
  if (sent === right) return undefined
  const inQuery = url.searchParams.get('access_token') ?? url.searchParams.get('X-API-Key')
  if (sent === undefined && inQuery === secret) return 'query'
  if (sent === undefined) return headers.authorization === undefined ? 'missing' : 'elsewhere'
  return sent.startsWith(right ?? '') ? 'prefix' : 'unknown'
}

function readParameters(
  operation: Operation,
  path: Record<string, string>,
  url: URL,
  skips: (rule: string) => boolean,
): { broken: string } | { query: Record<string, unknown> } {
  const item = resolveReference(description, description.paths?.[operation.path] ?? {}) as { parameters?: unknown[] }
  const all = [...(item.parameters ?? []), ...(findOperationObject(description, operation)?.parameters ?? [])]
  const query: Record<string, unknown> = {}
  for (const reference of all) {
    const {
      name,
      in: place,
      required,
      schema,
    } = resolveSchema(description, reference) as { name: string; in: string; required?: boolean; schema: unknown }
    if (place === 'header') continue
    const text = place === 'path' ? path[name] : (url.searchParams.get(name) ?? undefined)
    if (text === undefined) {
      if (required && !skips(`${place}.${name} required`)) return { broken: name }
      continue
    }
    const value = readText(description, schema, text)
    const broken = findBrokenRule(description, schema, value, skips, `${place}.${name}`)
    if (broken !== undefined) return { broken }
    query[name] = value
  }
  return { query }
}

type Body = Pick<Call, 'body' | 'file'>

function readBody(
  operation: Operation,
  { headers }: IncomingMessage,
  bytes: Buffer,
  skips: (rule: string) => boolean,
): Body | Reply {
  const { requestBody } = findOperationObject(description, operation) ?? {}
  if (!requestBody) return { body: {}, file: Buffer.alloc(0) }
  const [[mediaType, media] = ['', undefined]] = Object.entries(resolveReference(description, requestBody).content)
  const type = headers['content-type'] ?? ''
  if (bytes.length === 0)
    return skips('no body') ? { body: {}, file: Buffer.alloc(0) } : problem(400, 'There is no body.')
  if (!type.startsWith(mediaType) && !skips('media type')) return problem(415, `Send ${mediaType}.`)
  if (mediaType.startsWith('multipart')) return readForm(type, bytes, media?.schema, skips)
  let body: unknown
  try {
    body = JSON.parse(bytes.toString())
  } catch (error) {
    if (skips('malformed'))
      return { status: 500, body: { title: 'Error', status: 500, detail: (error as Error).stack } }
    return problem(400, 'The body is not JSON.')
  }
  const broken = findBrokenRule(description, media?.schema, body, skips)
  if (broken !== undefined) return problem(400, `Invalid: ${broken}`)
  return { body: isObject(body) ? body : {}, file: Buffer.alloc(0) }
}

function readForm(type: string, bytes: Buffer, schema: unknown, skips: (rule: string) => boolean): Body | Reply {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1]
  const text = bytes.toString('latin1')
  if (boundary === undefined || !text.includes(`--${boundary}--`)) return problem(400, 'The form is broken.')
  const body: Record<string, unknown> = {}
  let file = Buffer.alloc(0)
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const content = Buffer.from(rest.join('\r\n\r\n').slice(0, -2), 'latin1')
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? ''
    if (/filename/.test(head)) {
      file = content
      if (!/image\/png/.test(head) && !skips('file type')) return problem(415, 'Send a PNG file.')
    }
    body[name] = content.toString()
  }
  const broken = findBrokenRule(
    description,
    schema,
    { ...body, ...(/^(true|false)$/.test(String(body['public'])) && { public: body['public'] === 'true' }) },
    skips,
  )
  return broken === undefined ? { body, file } : problem(400, `Invalid: ${broken}`)
}
