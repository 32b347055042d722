import { bareRequest, upload, formWithoutAudio } from '../catalogue/requests.ts'
import type { Context } from '../check.ts'
import type { DriftFinding } from '../drift-finding.ts'
import type { RequestPlan } from '../request-plan.ts'
import { context, toTranscript, type Reply } from './respond.ts'

/** Replies that make a check pass and fail: one for all of its requests, or one for each. */
export interface Pair {
  /** Requests for a check that reads the exchanges of other checks. */
  plan?: readonly RequestPlan[]
  pass: Reply | readonly Reply[]
  fail: Reply | readonly Reply[]
  /** Changes of the context for the failing replies. */
  failIn?: Partial<Context>
}

const { clips } = context
const { words: short = '' } = clips.short
const { words: sentence = '' } = clips.sentence
const [firstSentence = '', secondSentence = ''] = clips.sentences.map(({ words }) => words)
const dropped: Reply = { failure: 'dropped' }
const empty: Reply = { status: 200, body: '' }
const other = toTranscript('nothing of what was said in here at all')
const baseline = [upload(clips.short)]
const get = [bareRequest({ method: 'GET' })]
const origin = { 'access-control-allow-origin': '*' }

const reply = (body: string | Buffer): Reply => ({ body })
const reject = (status: number, body: unknown, headers: Record<string, string | null> = {}): Reply => ({
  status,
  body,
  headers,
})
/** Returns a reply with these times. */
const timed = (...spans: unknown[][]): Reply => ({
  body: { text: short, chunks: spans.map((timestamp, index) => ({ timestamp, text: short.split(' ')[index] })) },
})

const driftFinding: DriftFinding = {
  class: 'response-type-changed',
  severity: 'breaking',
  pointer: '/paths/~1audio-to-text/post/responses/200',
  message: 'text is a number',
  seenIn: ['description', 'answers'],
  verdict: 'unmanaged',
  samples: 3,
  examples: [],
  changes: [],
  fingerprint: 'f00d',
}
const drifted = { drift: [driftFinding], baseline: new Set<string>() }

/** Returns the pair of a check; throws for a check without one. */
export function pairOf(id: string): Pair {
  const pair = pairs[id]
  if (!pair) throw new Error(`testing/pairs.ts has no pair for ${id}`)
  return pair
}

/** Returns the reply to one request of a check. */
export function replyAt(replies: Pair['pass'], index: number): Reply {
  const found = Array.isArray(replies) ? (replies as readonly Reply[])[index] : (replies as Reply)
  if (found === undefined) throw new Error(`there is no reply ${index + 1}`)
  return found
}

/** Returns the transcript of the sentence and its repetition after some seconds. */
const twice = (after: number) => ({
  text: `${sentence} ${sentence}`,
  chunks: [0, after].flatMap((from) => toTranscript(sentence, 'word', from).chunks),
})

const pairs: Record<string, Pair> = {
  'RT-01': { pass: 401, fail: 404 },
  'RT-02': { pass: [401, 404], fail: [401, 301] },
  'RT-03': { pass: 401, fail: [401, 400] },
  'RT-04': { pass: 404, fail: 500 },
  'RT-05': { pass: { body: { openapi: '3.1.0' } }, fail: 500 },

  'ME-01': { pass: 405, fail: empty },
  'ME-02': { pass: 405, fail: [405, 405, 204] },
  'ME-03': { plan: get, pass: 405, fail: { status: 405, headers: { allow: 'GET' } } },
  'ME-04': { pass: 405, fail: { status: 405, body: 'not for HEAD' } },
  'ME-05': { pass: { status: 204, headers: { allow: 'POST' } }, fail: 204 },
  'ME-06': { pass: 501, fail: reply('TRACE /audio-to-text HTTP/1.1') },

  'CN-01': { pass: 200, fail: { headers: { 'content-type': 'text/plain' } } },
  'CN-02': { pass: [406, 200, 200], fail: [406, 200, 406] },
  'CN-03': { pass: 406, fail: { status: 406, headers: { 'content-type': 'text/html' } } },
  'CN-04': { pass: 415, fail: 200 },
  'CN-05': { pass: 422, fail: 500 },
  'CN-06': { pass: 415, fail: 422 },
  'CN-07': { pass: 415, fail: 200 },
  'CN-08': { pass: 200, fail: { headers: { 'content-encoding': 'br' } } },
  'CN-09': { pass: 415, fail: 500 },

  'AU-01': { pass: 401, fail: 200 },
  'AU-02': { pass: 401, fail: 403 },
  'AU-03': {
    plan: [formWithoutAudio()],
    pass: 401,
    fail: { status: 401, headers: { 'www-authenticate': 'Basic realm="Bearers"' } },
  },
  'AU-04': { pass: 401, fail: [401, 200] },
  'AU-05': { pass: 401, fail: 200 },
  'AU-06': { pass: 200, fail: 401 },
  'AU-07': { pass: 401, fail: [200, 401] },
  'AU-08': { pass: 401, fail: 422 },
  'AU-09': {
    plan: [upload(clips.short, {}, { headers: { authorization: 'Bearer of-bad-news' } })],
    pass: 401,
    fail: reject(401, { detail: { msg: 'no token of-bad-news found' } }),
  },
  'AU-10': { pass: 401, fail: { status: 401, interim: [100] } },
  'AU-11': { pass: 401, fail: 200 },

  'MP-01': { pass: 200, fail: 422 },
  'MP-02': { pass: 422, fail: reject(422, { detail: [{ loc: ['query', 'file'], msg: 'missing', type: 'missing' }] }) },
  'MP-03': { pass: 422, fail: dropped },
  'MP-04': { pass: 422, fail: 500 },
  'MP-05': { pass: 400, fail: 500 },
  'MP-06': { pass: 200, fail: 400 },
  'MP-07': { pass: 200, fail: 400 },
  'MP-08': { pass: 400, fail: 500 },
  'MP-09': { pass: 400, fail: 200 },
  'MP-10': { pass: 400, fail: 200 },
  'MP-11': { pass: 200, fail: { failure: 'timeout' } },
  'MP-12': { pass: 200, fail: 500 },
  'MP-13': { pass: 422, fail: 500 },
  'MP-14': { pass: 200, fail: 422 },
  'MP-15': { pass: 422, fail: 500 },
  'MP-16': { pass: 200, fail: 500 },
  'MP-17': { pass: 422, fail: 200 },
  'MP-18': { pass: 422, fail: 200 },
  'MP-19': { pass: 200, fail: [200, { body: toTranscript(short, 'true') }] },
  'MP-20': { pass: 200, fail: 400 },
  'MP-21': { pass: 200, fail: 500 },
  'MP-22': { pass: 200, fail: [reject(400, { detail: { msg: 'no ../../../../etc/passwd' } }), 200] },
  'MP-23': { pass: 200, fail: [415, 200] },
  'MP-24': { pass: 200, fail: 400 },
  'MP-25': { pass: 200, fail: 500 },
  'MP-26': { pass: 400, fail: 200 },
  'MP-27': { pass: [{ status: 400, headers: { connection: 'close' } }, 405], fail: [422, 405] },
  'MP-28': { pass: 200, fail: [200, { body: other }] },
  'MP-29': { pass: 413, fail: [413, 413, 413, { failure: 'timeout' }] },
  'MP-30': { pass: 413, fail: 400 },
  'MP-31': { pass: 415, fail: 413 },
  'MP-32': { pass: 200, fail: 413 },

  'FV-01': { pass: 200, fail: dropped },
  'FV-02': { pass: 200, fail: 500 },
  'FV-03': { pass: 400, fail: 200 },
  'FV-04': { pass: 400, fail: 500 },
  'FV-05': { pass: 200, fail: [200, 200, { body: toTranscript(short, 'word') }] },
  'FV-06': { pass: 200, fail: { body: { text: short, chunks: [] } } },
  'FV-07': { pass: 200, fail: { body: toTranscript(short) } },
  'FV-08': { pass: 422, fail: 500 },
  'FV-09': { pass: 422, fail: 200 },
  'FV-10': { pass: 200, fail: [200, 422] },
  'FV-11': { pass: 200, fail: 422 },
  'FV-12': { pass: 400, fail: reject(400, { detail: { msg: 'Unable to calculate duration of file' } }) },
  'FV-13': { pass: 422, fail: 500 },
  'FV-14': { pass: 200, fail: [200, { body: toTranscript('he') }] },
  'FV-15': { pass: 422, fail: 500 },

  'MD-01': { pass: 200, fail: 400 },
  'MD-02': { pass: 200, fail: 415 },
  'MD-03': { pass: 200, fail: 415 },
  'MD-04': { pass: 200, fail: 415 },
  'MD-05': { pass: 200, fail: 400 },
  'MD-06': { pass: 200, fail: 415 },
  'MD-07': { pass: 200, fail: 500 },
  'MD-08': { pass: 200, fail: [200, 500] },
  'MD-09': { pass: 200, fail: 500 },
  'MD-10': { pass: 415, fail: 200 },
  'MD-11': { pass: 415, fail: 500 },
  'MD-12': { pass: 200, fail: 400 },
  'MD-13': { pass: { body: toTranscript('') }, fail: { body: { text: '', chunks: null } } },
  'MD-14': { pass: 415, fail: 500 },
  'MD-15': { pass: 200, fail: [415, 200] },
  'MD-16': { pass: { body: toTranscript('') }, fail: { body: { text: '', chunks: null } } },

  'ER-01': { plan: baseline, pass: 400, fail: reject(400, { error: { message: 'no' } }) },
  'ER-02': { plan: baseline, pass: 422, fail: reject(422, { detail: { msg: 'no' } }) },
  'ER-03': { plan: baseline, pass: 422, fail: reject(422, { detail: [] }) },
  'ER-04': { plan: baseline, pass: 200, fail: 418 },
  'ER-05': { plan: baseline, pass: 400, fail: { status: 400, headers: { 'content-type': 'text/plain' } } },
  'ER-06': {
    plan: baseline,
    pass: 400,
    fail: reject(400, { detail: { msg: 'no such file: /home/deploy/uploads/a.wav' } }),
  },
  'ER-07': { plan: [formWithoutAudio()], pass: 422, fail: 500 },
  'ER-08': { pass: 422, fail: [422, 400, 422] },
  'ER-09': { pass: 422, fail: { status: 422, headers: { 'x-request-id': 'always' } } },

  'HD-01': { pass: 200, fail: { headers: { 'cache-control': 'public, max-age=3600' } } },
  'HD-02': { plan: baseline, pass: 200, fail: { faults: ['a chunked body without its last chunk'] } },
  'HD-03': { pass: { headers: { 'x-content-type-options': 'nosniff' } }, fail: 200 },
  'HD-04': {
    pass: {
      status: 204,
      headers: { ...origin, 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'authorization' },
    },
    fail: { status: 204, headers: { ...origin, 'access-control-allow-headers': '*' } },
  },
  'HD-05': {
    pass: { status: 422, headers: origin },
    fail: { status: 422, headers: { ...origin, 'access-control-allow-credentials': 'true' } },
  },
  'HD-06': { pass: { status: 422, headers: origin }, fail: 422 },
  'HD-07': { plan: baseline, pass: 503, fail: { status: 503, headers: { 'retry-after': 'soon' } } },
  'HD-08': { plan: baseline, pass: 200, fail: { headers: { via: '1.1 worker-3.internal' } } },

  'TR-01': { pass: [422, 405, 415, 405, 405], fail: [422, 422, 415, 405, 405] },
  'TR-02': { pass: { status: 422, interim: [100] }, fail: { status: 422, headersMs: 5100 } },
  'TR-03': { plan: baseline, pass: 200, fail: dropped },
  'TR-04': {
    pass: 200,
    fail: [{ body: toTranscript(secondSentence) }, { body: toTranscript(firstSentence) }, 200],
  },
  'TR-05': { pass: 200, fail: [200, { body: other }] },
  'TR-06': { pass: [dropped, 422, 422], fail: [dropped, 500, 422] },
  'TR-07': { pass: 422, fail: 500 },
  'TR-08': { pass: 200, fail: { headersMs: 3000 } },
  'TR-09': { plan: baseline, pass: 200, fail: 301 },

  'RS-01': { pass: 200, fail: { body: { text: 5, chunks: [] } } },
  'RS-02': { pass: 200, fail: { body: { text: short, chunks: null } } },
  'RS-03': { pass: 200, fail: timed([0, 1, 2]) },
  'RS-04': { plan: baseline, pass: 200, fail: { body: { ...toTranscript(short), speakers: 1 } } },
  'RS-05': { plan: baseline, pass: 200, fail: reply('{"text":"he might"') },
  'RS-06': { plan: baseline, pass: 200, fail: empty },
  'RS-07': { pass: 200, fail: timed(['0', '1']) },

  'SE-01': { pass: 200, fail: { body: other } },
  'SE-02': { pass: 200, fail: timed([1, 2], [0, 1]) },
  'SE-03': { pass: 200, fail: timed([1, 0]) },
  'SE-04': { pass: 200, fail: timed([0, 2], [0.5, 2]) },
  'SE-05': { pass: 200, fail: { body: { ...toTranscript(short, 'word'), text: 'he might' } } },
  'SE-06': { pass: 200, fail: { body: toTranscript(short) } },
  'SE-07': { pass: 200, fail: { body: toTranscript(short) } },
  'SE-08': { pass: 200, fail: [200, { body: toTranscript('he might', 'false') }] },
  'SE-09': { pass: 200, fail: [200, { body: other }] },
  'SE-10': { pass: [200, { body: toTranscript(short, 'word', 2.2) }], fail: 200 },
  'SE-11': {
    pass: [{ body: twice(4) }, 200, 200, 200],
    fail: [{ body: toTranscript(sentence, 'word') }, 200, 200, 200],
  },
  'SE-15': { pass: 200, fail: { body: other } },
  'SE-16': { pass: 200, fail: { body: toTranscript('he might even') } },
  'SE-12': { pass: [200, { body: toTranscript(sentence) }], fail: [200, { body: other }] },
  'SE-13': { pass: { body: toTranscript('') }, fail: { body: toTranscript('thank you very much for watching this') } },
  'SE-14': {
    pass: {
      body: toTranscript(
        Array.from({ length: 3 }, () => clips.sentences.map(({ words }) => words).join(' ')).join(' '),
      ),
    },
    fail: { body: toTranscript(sentence) },
  },

  'DR-01': { pass: 200, fail: 200, failIn: drifted },
  'DR-02': { plan: baseline, pass: 200, fail: 200, failIn: drifted },
  'DR-03': { pass: 200, fail: 200, failIn: drifted },
  'DR-04': { plan: baseline, pass: 200, fail: 200, failIn: drifted },
}
