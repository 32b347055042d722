import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { listFormParts, operationTable, description as contract, type Operation } from '@livepeer-ai/openapi'
import { meetsAny, toRequestFacts, type Deviation, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import { specFile } from '../../tools/generate/outputs.ts'
import { findOverlays, readOverlay, type Overlay } from '../../tools/overlays/overlay.ts'

/** The operation that the recorded gateways serve. */
export const operation: Operation = findOperation()

function findOperation(): Operation {
  const [first] = operationTable
  if (!first) throw new Error('The contract has no operation.')
  return first
}

type Segment =
  | { text: string }
  | { base64: string }
  | { zeros: number }
  | { fixture: string; bytes?: number; times?: number }

export interface RecordedRequest {
  method: string
  path: string
  headers: [name: string, value: string][]
  body?: Segment[]
}

export interface RecordedResponse {
  status?: number
  headers?: Record<string, string>
  body?: string
  /** The connection ended without a response. */
  closed?: true
  /** Number of characters that are recorded of a longer body. */
  cut?: number
}

/** A recorded exchange. */
export interface Recorded {
  /** `file#name`, as in the evidence of a deviation. */
  id: string
  request: RecordedRequest
  response: RecordedResponse
  /** The states of the gateway. */
  states: string[]
  facts: RequestFacts
  body: Buffer | undefined
}

/** A gateway with recordings. */
export interface RecordedGateway {
  name: string
  overlay: Overlay
  exchanges: Recorded[]
}

/** The token of every recorded gateway that requires one. */
export const token = 'secret'

const fixtures = new URL('../../packages/conformance/fixtures/speech/', import.meta.url)
const recordings = new URL('../../spec/gateways/recordings/', import.meta.url)
const partNames = listFormParts(contract, operation)

/** Reads the recordings of every gateway whose overlay lists some. */
export async function readRecordings(): Promise<RecordedGateway[]> {
  const overlays = await Promise.all((await findOverlays(specFile)).gateways.map(readOverlay))
  const read = overlays.map(async (overlay) => {
    const files = await Promise.all((overlay.gateway?.recordings ?? []).map((listed) => readExchanges(listed, overlay)))
    return { name: overlay.name, overlay, exchanges: files.flat() }
  })
  return (await Promise.all(read)).filter(({ exchanges }) => exchanges.length > 0)
}

interface Line {
  name: string
  request: RecordedRequest
  response: RecordedResponse
}

async function readExchanges(
  { file, states = [] }: { file: string; states?: string[] },
  overlay: Overlay,
): Promise<Recorded[]> {
  const lines = (await readFile(new URL(file, recordings), 'utf8')).trim().split('\n')
  return Promise.all(
    lines.map(async (line) => {
      const { name, request, response } = JSON.parse(line) as Line
      const id = `${file}#${name}`
      const body = request.body && Buffer.concat(await Promise.all(request.body.map(readSegment)))
      const facts = factsOf(request, body)
      const found = states.length > 0 ? states : findState(id, facts, response, overlay)
      return { id, request, response, body, facts, states: found }
    }),
  )
}

/** Returns the state in which a deviation gives the recorded answer that it names as evidence. */
function findState(id: string, facts: RequestFacts, response: RecordedResponse, { deviations }: Overlay): string[] {
  const named = deviations.filter(({ evidence }) => evidence.some(({ recording }) => recording === id))
  const fitting = named.flatMap(({ when, answers }) =>
    listStates({ when, answers }).filter((state) =>
      answers
        .slice(0, 1 + answers.findIndex((answer) => !answer.when || meetsAny(answer.when, facts, [state])))
        .slice(-1)
        .some(({ status, body }) => status === response.status && body === response.body),
    ),
  )
  return fitting.slice(0, 1)
}

/** Returns the states that a deviation depends on. */
export function listStates({ when, answers }: Pick<Deviation, 'when' | 'answers'>): string[] {
  const conditions = answers.flatMap((answer) => answer.when ?? []).concat(when)
  return [...new Set(conditions.flatMap(({ state }) => (state?.enum ?? []) as string[]))]
}

async function readSegment(segment: Segment): Promise<Buffer> {
  if ('text' in segment) return Buffer.from(segment.text)
  if ('base64' in segment) return Buffer.from(segment.base64, 'base64')
  if ('zeros' in segment) return Buffer.alloc(segment.zeros)
  const { fixture, bytes, times = 1 } = segment
  const content = (await readFile(new URL(fixture, fixtures))).subarray(0, bytes)
  return Buffer.concat(Array.from({ length: times }, () => content))
}

function factsOf({ method, path, headers }: RecordedRequest, body = Buffer.alloc(0)): RequestFacts {
  const values = (name: string) => headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  return toRequestFacts({
    method,
    path,
    header: (name) => values(name).join(', ') || undefined,
    isToken: (credentials) => credentials === token,
    body,
    partNames,
  })
}

/** Sends a recorded request byte for byte. */
export async function replay(url: string, { request, body }: Recorded): Promise<RecordedResponse> {
  const { method, path, headers } = request
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close']
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  if (body) lines.push(`Content-Length: ${body.length}`)
  const { hostname, port } = new URL(url)
  const received = await new Promise<Buffer>((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
      if (body?.length) socket.write(body)
    })
    socket.on('data', (chunk) => chunks.push(chunk))
    // A connection may also end with a reset.
    socket.on('error', () => {})
    socket.on('close', () => resolve(Buffer.concat(chunks)))
  })
  return parseResponse(received)
}

function parseResponse(received: Buffer): RecordedResponse {
  const final = received.subarray(interimLength(received))
  const end = final.indexOf('\r\n\r\n')
  if (end < 0) return { closed: true }
  const [statusLine = '', ...lines] = final.toString('latin1', 0, end).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const body = final.subarray(end + 4)
  const isChunked = headers['transfer-encoding'] === 'chunked'
  return { status: Number(statusLine.split(' ')[1]), headers, body: (isChunked ? joinChunks(body) : body).toString() }
}

/** Returns the length of the interim (1xx) responses. */
function interimLength(received: Buffer): number {
  const [interim = ''] = /^(HTTP\/1\.1 1\d\d .*?\r\n\r\n)*/s.exec(received.toString('latin1', 0, 1000)) ?? []
  return interim.length
}

function joinChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = []
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.toString('latin1', at, end), 16)
    if (!size) return Buffer.concat(chunks)
    chunks.push(body.subarray(end + 2, end + 2 + size))
    at = end + 4 + size
  }
}
