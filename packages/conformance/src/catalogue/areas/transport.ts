import type { Check, Finding } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { defineChecks, planNothing } from '../define-checks.ts'
import {
  endsConnection,
  exchangeAt,
  findBadStatuses,
  isWellFramed,
  judgeAll,
  judgeEach,
  judgeEachResponse,
  judgeStatus,
  reportNoResponse,
  type Judge,
} from '../judgements.ts'
import { bareRequest, fieldParts, formWithoutAudio, refusedForm, refusedUpload, upload } from '../requests.ts'
import { planSimultaneous } from '../simultaneous.ts'
import { similarityOf, transcriptOf } from '../transcript.ts'

const expectMs = 5000

/** Compares the response to a request with the response that it gets on a connection of its own. */
function compareWithAlone(next: Exchange, alone: Exchange, severity: Finding['severity']): Finding[] {
  if (!alone.response)
    return [{ severity: 'inconclusive', message: 'saw no response to the same request on a new connection' }]
  if (!next.response) return [{ ...reportNoResponse(next), severity }]
  if (next.response.status === alone.response.status) return []
  const message = `saw ${next.response.status}, expected ${alone.response.status} as on a new connection`
  return [{ severity, about: 'connection', message, exchange: next }]
}

/** Returns true if a text resembles the words of another recording instead of its own. */
const isTranscriptOfOther = (text: string, own: string, others: readonly string[]) =>
  similarityOf(text, own) < 0.4 && others.some((other) => similarityOf(text, other) > 0.7)

/** Judges that each of several simultaneous recordings has its own transcript. */
const judgeOwnTranscripts: Judge = (exchanges, { clips }) => {
  const findings = findBadStatuses(exchanges, { pass: [200] })
  const texts = exchanges.map((exchange) => transcriptOf(exchange)?.text)
  // A gateway with a constant transcript cannot show a mix-up.
  if (new Set(texts).size < 2) return findings
  const spoken = clips.sentences.map(({ words = '' }) => words)
  const mixed = exchanges.flatMap((exchange, index): Finding[] => {
    const text = texts[index]
    const own = spoken[index]
    if (text === undefined || own === undefined) return []
    const others = spoken.filter((words) => words !== own)
    if (!isTranscriptOfOther(text, own, others)) return []
    return [{ severity: 'fail', message: 'saw the transcript of another request, expected its own', exchange }]
  })
  return [...findings, ...mixed]
}

export const transportChecks: Check[] = defineChecks('transport', [
  {
    id: 'TR-01',
    title: 'A connection stays usable or announces its end after a rejected upload',
    harm: 'client-breaks',
    source: 'RFC 9112, sections 9.3 and 9.6',
    remediation: 'Read the rest of a rejected upload, or send Connection: close and close.',
    plan: ({ clips }) => {
      const next = bareRequest({ method: 'GET' })
      return [
        formWithoutAudio({ delivery: { followedBy: next } }),
        // A gateway that checks the media type first leaves most of this body unread.
        refusedUpload(
          clips.short,
          {},
          { headers: { 'content-type': 'application/json' }, delivery: { followedBy: next } },
        ),
        next,
      ]
    },
    judge: (exchanges) => {
      const alone = exchangeAt(exchanges, 4)
      return [0, 2].flatMap((index) => {
        const first = exchangeAt(exchanges, index)
        if (!first.response) return [reportNoResponse(first)]
        return endsConnection(first) ? [] : compareWithAlone(exchangeAt(exchanges, index + 1), alone, 'fail')
      })
    },
  },
  {
    id: 'TR-02',
    title: 'A client that sends Expect: 100-continue gets a response',
    harm: 'client-breaks',
    source: 'RFC 9110, section 10.1.1',
    remediation: 'Answer Expect: 100-continue at once, with 100 or with the final status.',
    plan: () => [formWithoutAudio({ headers: { expect: '100-continue' }, delivery: { expectMs } })],
    judge: judgeAll(
      judgeStatus({ pass: ['4xx'] }),
      judgeEachResponse(
        'fail',
        ({ interim, headersMs }) =>
          !interim.includes(100) &&
          headersMs >= expectMs &&
          `saw nothing for ${expectMs / 1000} s, expected 100 or a final status`,
      ),
    ),
  },
  {
    id: 'TR-03',
    title: 'Every request gets a complete response',
    harm: 'client-breaks',
    for: 'any',
    source: 'OpenAPI description, responses; RFC 9112, section 8',
    remediation: 'Find out what closes connections: a crashed handler, a killed worker or the timeout of a proxy.',
    plan: planNothing,
    judge: (exchanges) => {
      const excused = new Set(exchanges.filter(endsConnection).map(({ request }) => request.plan.delivery?.followedBy))
      return exchanges.flatMap((exchange): Finding[] => {
        const { request, failure } = exchange
        if (!failure || !isWellFramed(request.plan) || excused.has(request.plan)) return []
        const severity = failure.code === 'refused' ? 'inconclusive' : 'fail'
        const message = `saw no complete response: ${failure.message}`
        return [{ severity, about: 'connection', message, exchange }]
      })
    },
  },
  {
    id: 'TR-04',
    title: 'Simultaneous requests get their own transcripts',
    harm: 'wrong-data',
    source: 'CWE-488',
    remediation: 'Keep the state of a request out of anything that requests share.',
    plan: planSimultaneous,
    judge: judgeOwnTranscripts,
  },
  {
    id: 'TR-05',
    title: 'A repeated request gets the same transcript',
    harm: 'quality',
    source: 'OpenAPI description, responses',
    remediation: 'Compare the models and versions of the workers behind the gateway.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, {}, { copy: 1 })],
    judge: (exchanges) => {
      const findings = findBadStatuses(exchanges, { pass: [200] })
      const [first = '', second = ''] = exchanges.map((exchange) => transcriptOf(exchange)?.text ?? '')
      if (findings.length || similarityOf(first, second) >= 0.8) return findings
      const message = 'saw another transcript, expected that of the first request'
      return [{ severity: 'warn', message, exchange: exchangeAt(exchanges, 1) }]
    },
  },
  {
    id: 'TR-06',
    title: 'An aborted upload does not affect the next request',
    harm: 'client-breaks',
    source: 'RFC 9112, section 8',
    remediation: 'Drop the state of a request when its connection ends.',
    plan: ({ clips }) => [
      refusedUpload(clips.short, {}, { delivery: { abortAfter: 4096, followedBy: bareRequest() } }),
      bareRequest(),
    ],
    judge: (exchanges) => compareWithAlone(exchangeAt(exchanges, 1), exchangeAt(exchanges, 2), 'fail'),
  },
  {
    id: 'TR-07',
    title: 'A slow upload gets a response',
    harm: 'client-breaks',
    source: 'RFC 9110, section 15.5.9',
    remediation: 'Wait for a body as long as bytes arrive, or answer 408.',
    plan: () => [
      refusedForm(
        fieldParts({ return_timestamps: 'true', comment: 'x'.repeat(3000) }),
        {},
        { delivery: { slow: { bytesPerSecond: 1000, seconds: 2 } } },
      ),
    ],
    judge: judgeStatus({ pass: [400, 408, 413, 422] }),
  },
  {
    id: 'TR-08',
    title: 'A short recording is transcribed quickly',
    harm: 'none',
    source: 'none; for information',
    remediation: 'Keep the model in memory: loading it takes seconds.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeEachResponse(
      'info',
      ({ status, headersMs }) =>
        status === 200 && headersMs > 2500 && 'saw more than 2.5 s for a second of audio, expected less',
    ),
  },
  {
    id: 'TR-09',
    title: 'The connection is secure, and redirects keep the method of an upload',
    harm: 'quality',
    needs: ['https'],
    source: 'RFC 9325, section 3.1.1; RFC 9110, sections 15.4.2 and 15.4.3',
    remediation: 'Renew the certificate, serve TLS 1.2 or later, and redirect uploads with 307 or 308 if at all.',
    plan: planNothing,
    judge: judgeAll(
      judgeEach('fail', ({ failure }) => failure?.code === 'tls' && `saw no secure connection: ${failure.message}`),
      judgeEachResponse('warn', ({ status }, { operation }, { request }) => {
        const isUpload = request.method === operation.method && [301, 302, 303].includes(status)
        return isUpload && `saw ${status}, which makes a GET of the upload, expected 307 or 308`
      }),
    ),
  },
])
