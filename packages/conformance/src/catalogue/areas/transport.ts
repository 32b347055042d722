import type { Check, Finding } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import {
  judgeAll,
  findBadStatuses,
  judgeEach,
  endsConnection,
  isWellFramed,
  judgeStatus,
  reportNoAnswer,
  type Judge,
} from '../judgements.ts'
import { bareRequest, fieldParts, refusedForm, refusedUpload, upload, formWithoutAudio } from '../requests.ts'
import { defineChecks, planNothing } from '../define-checks.ts'
import { similarityOf, transcriptOf } from '../transcript.ts'

const expectMs = 5000

/** What a request gets that comes after another one has to be what it gets on a connection of its own. */
function likeAlone(next: Exchange, alone: Exchange, severity: Finding['severity']): Finding[] {
  if (!alone.response) return [{ severity: 'inconclusive', message: 'the request by itself is not answered either' }]
  if (!next.response) return [{ ...reportNoAnswer(next), severity }]
  if (next.response.status === alone.response.status) return []
  const message = `${next.response.status}, where the request by itself is answered ${alone.response.status}`
  return [{ severity, message, exchange: next }]
}

/** Whether this is the transcript of what was said in another recording. */
const isOf = (text: string, own: string, others: readonly string[]) =>
  similarityOf(text, own) < 0.4 && others.some((other) => similarityOf(text, other) > 0.7)

/** Each recording, sent at the same time as the others, has its own transcript. */
const unmixed: Judge = (exchanges, { clips }) => {
  const findings = findBadStatuses(exchanges, { pass: [200] })
  const texts = exchanges.map((exchange) => transcriptOf(exchange)?.text)
  // A gateway that always says the same is no case for this check.
  if (new Set(texts).size < 2) return findings
  const spoken = clips.sentences.map(({ words = '' }) => words)
  return [
    ...findings,
    ...exchanges.flatMap((exchange, index): Finding[] => {
      const text = texts[index]
      const own = spoken[index]!
      const isMixed =
        text !== undefined &&
        isOf(
          text,
          own,
          spoken.filter((words) => words !== own),
        )
      return isMixed ? [{ severity: 'fail', message: 'the transcript of another request', exchange }] : []
    }),
  ]
}

export const transportChecks: Check[] = defineChecks('transport', [
  {
    id: 'TR-01',
    title: 'A connection goes on, or says that it ends, after a refused upload',
    level: 'MUST',
    source: 'RFC 9112, sections 9.3 and 9.6',
    remediation: 'Read what is left of a refused upload, or send Connection: close and close.',
    plan: ({ clips }) => {
      const next = bareRequest({ method: 'GET' })
      return [
        formWithoutAudio({ delivery: { followedBy: next } }),
        // Most of this body is not read by who looks at the media type first.
        refusedUpload(
          clips.short,
          {},
          { headers: { 'content-type': 'application/json' }, delivery: { followedBy: next } },
        ),
        next,
      ]
    },
    judge: ([form, afterForm, json, afterJson, alone]) =>
      (
        [
          [form!, afterForm!],
          [json!, afterJson!],
        ] as const
      ).flatMap(([first, next]) => {
        if (!first.response) return [reportNoAnswer(first)]
        return endsConnection(first) ? [] : likeAlone(next, alone!, 'fail')
      }),
  },
  {
    id: 'TR-02',
    title: 'A client that asks before it uploads is answered',
    level: 'MUST',
    source: 'RFC 9110, section 10.1.1',
    remediation: 'Answer Expect: 100-continue at once, with 100 or with the final status.',
    plan: () => [formWithoutAudio({ headers: { expect: '100-continue' }, delivery: { expectMs } })],
    judge: judgeAll(
      judgeStatus({ pass: ['4xx'] }),
      judgeEach(
        'fail',
        ({ response }) =>
          response !== undefined &&
          !response.interim.includes(100) &&
          response.headersMs >= expectMs &&
          `neither 100 nor a status within ${expectMs / 1000} s`,
      ),
    ),
  },
  {
    id: 'TR-03',
    title: 'Every request gets a whole answer',
    level: 'MUST',
    source: 'OpenAPI description, responses; RFC 9112, section 8',
    remediation:
      'Find out what closes connections: a crash of the handler, a worker that is killed, a time-out of a proxy.',
    plan: planNothing,
    judge: (exchanges) => {
      const excused = new Set(exchanges.filter(endsConnection).map(({ request }) => request.plan.delivery?.followedBy))
      return exchanges
        .filter(({ request, failure }) => failure && isWellFramed(request.plan) && !excused.has(request.plan))
        .map((exchange) => ({
          severity: exchange.failure!.code === 'refused' ? 'inconclusive' : 'fail',
          message: exchange.failure!.message,
          exchange,
        }))
    },
  },
  {
    id: 'TR-04',
    title: 'Requests at the same time get their own transcripts',
    level: 'SHOULD',
    critical: true,
    source: 'CWE-488',
    remediation: 'Keep the state of a request out of what requests share.',
    plan: ({ clips }) => clips.sentences.map((clip) => upload(clip, {}, { delivery: { together: 'TR-04' } })),
    judge: unmixed,
  },
  {
    id: 'TR-05',
    title: 'The same request, sent twice, has the same answer',
    level: 'SHOULD',
    source: 'OpenAPI description, responses',
    remediation: 'Compare the models and versions of the workers behind the gateway.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, {}, { copy: 1 })],
    judge: (exchanges) => {
      const findings = findBadStatuses(exchanges, { pass: [200] })
      const [first, second] = exchanges.map((exchange) => transcriptOf(exchange)?.text ?? '')
      if (findings.length || similarityOf(first!, second!) >= 0.8) return findings
      return [{ severity: 'warn', message: 'another transcript than at the first try', exchange: exchanges[1]! }]
    },
  },
  {
    id: 'TR-06',
    title: 'An upload that is broken off does no harm to the next request',
    level: 'SHOULD',
    source: 'RFC 9112, section 8',
    remediation: 'Drop the state of a request when its connection ends.',
    plan: ({ clips }) => [
      refusedUpload(clips.short, {}, { delivery: { abortAfter: 4096, followedBy: bareRequest() } }),
      bareRequest(),
    ],
    judge: ([, next, alone]) => likeAlone(next!, alone!, 'warn'),
  },
  {
    id: 'TR-07',
    title: 'A slow upload is answered',
    level: 'SHOULD',
    source: 'RFC 9110, section 15.5.9',
    remediation: 'Wait for a body as long as it goes on coming, or answer 408.',
    plan: () => [
      refusedForm(
        fieldParts({ return_timestamps: 'true', comment: 'x'.repeat(4000) }),
        {},
        { delivery: { slow: { bytesPerSecond: 1000, seconds: 3 } } },
      ),
    ],
    judge: judgeStatus({ pass: [400, 408, 413, 422] }),
  },
  {
    id: 'TR-08',
    title: 'A short recording is transcribed in little time',
    level: 'MAY',
    stability: 'experimental',
    source: 'none; for information',
    remediation: 'Keep the model in memory: loading it is what takes seconds.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeEach(
      'info',
      ({ response }) =>
        response?.status === 200 && response.headersMs > 2500 && 'more than 2.5 s for a second of audio',
    ),
  },
  {
    id: 'TR-09',
    title: 'The connection is secure, and no upload is redirected by a status that changes its method',
    level: 'SHOULD',
    needs: ['https'],
    source: 'RFC 9325, section 3.1.1; RFC 9110, sections 15.4.2 and 15.4.3',
    remediation: 'Renew the certificate, serve TLS 1.2 or later, and redirect uploads with 307 or 308 if at all.',
    plan: planNothing,
    judge: judgeAll(
      judgeEach('fail', ({ failure }) => failure?.code === 'tls' && failure.message),
      judgeEach('warn', ({ request, response }, { operation }) => {
        const isUpload = request.method === operation.method && [301, 302, 303].includes(response?.status ?? 0)
        return isUpload && `${response!.status} makes a GET of the upload`
      }),
    ),
  },
])
