import { description, operationTable } from '@livepeer-ai/openapi'
import * as contract from '@livepeer-ai/openapi/contract'
import { loadClips } from '../audio/clips.ts'
import { toRecordingSubject } from '../catalogue/subject.ts'
import type { Context } from '../check.ts'
import type { Exchange, Failure, Header, ReceivedResponse, SentRequest } from '../exchange.ts'
import { createSchemaJudge } from '../judge/schema-judge.ts'
import type { RequestPlan } from '../request-plan.ts'
import { encodeRequest } from '../wire/encode-request.ts'

/** A response in a table: a status alone is the documented response, an object changes it. */
export type Reply =
  | number
  | ({ status?: number; body?: unknown; headers?: Record<string, string | null> } & Partial<
      Omit<ReceivedResponse, 'headers' | 'body'>
    >)
  | { failure: Failure['code'] }

const [operation] = operationTable
if (!operation) throw new Error('The contract has no operation.')

const recordings = await loadClips()

/** Context of the checks for the contract and a gateway with a token. */
export const context: Context = {
  ...toRecordingSubject(operation, recordings),
  contract,
  credentialsOf: () => ({ headers: [], query: [] }),
  clips: recordings,
  // Small, so that uploads over the limit are small.
  maxBytes: 100_000,
  authentication: 'required',
  strict: false,
  schemaJudge: createSchemaJudge(),
}

/** Encodes a plan like a run does. */
export const requestOf = (plan: RequestPlan): SentRequest =>
  encodeRequest(plan, {
    url: new URL('http://127.0.0.1:1'),
    description,
    operation: context.operation,
    hasToken: true,
    userAgent: 'test',
    requiredFields: {},
  })

/** Returns the exchange of a request with this reply. */
export function respond(request: SentRequest, reply: Reply): Exchange {
  const sent = { request, startedAt: '2026-01-01T00:00:00.000Z', ms: 7 }
  if (typeof reply === 'object' && 'failure' in reply)
    return { ...sent, failure: { code: reply.failure, message: 'the connection was closed without a response' } }
  const { status = 200, body, headers = {}, ...more } = typeof reply === 'number' ? { status: reply } : reply
  const documented = body === undefined ? documentedBodyOf(status, request) : body
  const text = typeof documented === 'string' || Buffer.isBuffer(documented) ? documented : JSON.stringify(documented)
  const all: Record<string, string | null> = {
    'content-type': 'application/json',
    'x-request-id': `${request.id}-${request.plan.copy ?? 0}`,
    ...usualHeaders[status],
    ...headers,
  }
  return {
    ...sent,
    response: {
      httpVersion: '1.1',
      status,
      reason: '',
      headers: Object.entries(all).flatMap(([name, value]): Header[] => (value === null ? [] : [[name, value]])),
      body: Buffer.from(text as string),
      interim: [],
      headersMs: 5,
      faults: [],
      ...more,
    },
  }
}

const usualHeaders: Record<number, Record<string, string>> = {
  401: { 'www-authenticate': 'Bearer' },
  405: { allow: 'POST' },
  429: { 'retry-after': '1' },
  503: { 'retry-after': '1' },
}

function documentedBodyOf(status: number, request: SentRequest): unknown {
  if (status === 204 || request.method === 'HEAD') return ''
  if (status === 200) return toTranscript(spokenWordsIn(request), request.facts.fields?.['return_timestamps'])
  if (status === 422) return { detail: [{ loc: ['body', 'audio'], msg: 'Field required', type: 'missing' }] }
  return { detail: { msg: 'Not like this: metadata is not JSON.' } }
}

/** Returns a transcript of these words, with a quarter of a second for each word. */
export function toTranscript(words: string, by = 'true', from = 0): { text: string; chunks: unknown[] } {
  const all = words.split(' ').filter(Boolean)
  const span = (first: number, count: number) => [from + first / 4, from + (first + count) / 4]
  if (by === 'false' || !all.length) return { text: words, chunks: [] }
  if (by === 'word') return { text: words, chunks: all.map((text, index) => ({ timestamp: span(index, 1), text })) }
  return { text: words, chunks: [{ timestamp: span(0, all.length), text: words }] }
}

/** Returns the words of the recording in a request. */
function spokenWordsIn({ plan }: SentRequest): string {
  const { short, containers, sentences } = context.clips
  const parts = plan.body && 'parts' in plan.body ? plan.body.parts : []
  const clips = [...Object.values(containers), ...sentences, short]
  const found = clips.find((clip) =>
    parts.some(({ value }) => typeof value !== 'string' && Buffer.compare(value, clip.bytes) === 0),
  )
  return (found ?? short).words ?? ''
}
