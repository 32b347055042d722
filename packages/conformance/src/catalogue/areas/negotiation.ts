import type { Check } from '../../check.ts'
import { headerOf, mediaTypeOf } from '../../exchange.ts'
import { judgeAll, judgeEach, judgeStatus, type Judge } from '../judgements.ts'
import { bareRequest, fieldParts, refusedForm, upload } from '../requests.ts'
import { defineChecks } from '../define-checks.ts'

/** A body that is none of the documented media types is refused. */
const unsupported = judgeStatus({ pass: [415, 400, 422] })

/** A transcript in one of the documented media types. */
const documented: Judge = judgeAll(
  judgeStatus({ pass: [200] }),
  judgeEach('fail', ({ response }, { operation }) => {
    if (response?.status !== 200) return false
    const mediaTypes = operation.responses[200] ?? []
    return !mediaTypes.includes(mediaTypeOf(response) ?? '') && `the Content-Type is not ${mediaTypes.join(', ')}`
  }),
)

export const negotiationChecks: Check[] = defineChecks('negotiation', [
  {
    id: 'CN-01',
    title: 'A client that accepts the documented media type gets it',
    level: 'MUST',
    source: 'OpenAPI description, responses',
    remediation: 'Answer 200 with Content-Type: application/json.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: documented,
  },
  {
    id: 'CN-02',
    title: 'A client that accepts anything gets the documented media type',
    level: 'MUST',
    source: 'RFC 9110, section 12.5.1; OpenAPI description, responses',
    remediation: 'Take a missing Accept, and */*, for anything.',
    plan: ({ clips }) => ['*/*', null].map((accept) => upload(clips.short, {}, { headers: { accept } })),
    judge: documented,
  },
  {
    id: 'CN-03',
    title: 'A client that accepts HTML alone gets no HTML',
    level: 'SHOULD',
    source: 'RFC 9110, section 12.5.1; OpenAPI description, responses',
    remediation: 'Answer 406, or send JSON all the same; a program cannot read an error page.',
    plan: () => [bareRequest({ headers: { accept: 'text/html' } })],
    judge: judgeAll(
      judgeStatus({ pass: ['4xx'] }),
      judgeEach('fail', ({ response }) => mediaTypeOf(response) === 'text/html' && 'the answer is HTML'),
    ),
  },
  {
    id: 'CN-04',
    title: 'A JSON body is refused',
    level: 'MUST',
    source: 'OpenAPI description, requestBody.content',
    remediation: 'Answer 415 for a body that is not multipart/form-data.',
    plan: () => [bareRequest({ body: { bytes: Buffer.from('{"audio":"aGVsbG8="}'), type: 'application/json' } })],
    judge: unsupported,
  },
  {
    id: 'CN-05',
    title: 'A form that is not multipart is refused',
    level: 'MUST',
    source: 'OpenAPI description, requestBody.content',
    remediation: 'Answer 415 for a body that is not multipart/form-data.',
    plan: () => [
      bareRequest({ body: { bytes: Buffer.from('audio=hello'), type: 'application/x-www-form-urlencoded' } }),
    ],
    judge: unsupported,
  },
  {
    id: 'CN-06',
    title: 'A recording that is no part of a form is answered 415',
    level: 'SHOULD',
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415 for a body that is not multipart/form-data.',
    plan: ({ clips: { short } }) => [bareRequest({ body: { bytes: short.bytes, type: short.type } })],
    judge: judgeStatus({ pass: [415], warn: [400, 422] }),
  },
  {
    id: 'CN-07',
    title: 'A body without a Content-Type is refused',
    level: 'SHOULD',
    source: 'RFC 9110, section 8.3',
    remediation: 'Answer 415 for a body whose media type is not known, rather than guess.',
    plan: ({ clips }) => [bareRequest({ body: { bytes: clips.short.bytes } })],
    judge: unsupported,
  },
  {
    id: 'CN-08',
    title: 'A content coding is the one that was asked for, and can be decoded',
    level: 'SHOULD',
    source: 'RFC 9110, sections 8.4 and 12.5.3',
    remediation: 'Compress what Accept-Encoding allows, and nothing else.',
    plan: ({ clips }) =>
      ['gzip', 'identity'].map((coding) => upload(clips.short, {}, { headers: { 'accept-encoding': coding } })),
    judge: judgeAll(
      documented,
      judgeEach('fail', ({ response }) =>
        response?.faults.find((fault) => /content coding|not (gzip|deflate|br)/.test(fault)),
      ),
      judgeEach('warn', ({ request, response }) => {
        const coding = headerOf(response, 'content-encoding') ?? 'identity'
        return coding !== 'identity' && headerOf(request, 'accept-encoding') !== coding && `it is coded as ${coding}`
      }),
    ),
  },
  {
    id: 'CN-09',
    title: 'A request that cannot be decoded is refused, not a failure',
    level: 'MAY',
    source: 'RFC 9110, sections 8.4 and 15.5.16',
    remediation: 'Answer 415 for a content coding of the request that is not supported.',
    plan: () => [
      refusedForm(fieldParts({ return_timestamps: 'true' }), {}, { headers: { 'content-encoding': 'gzip' } }),
    ],
    judge: judgeStatus({ pass: ['4xx'] }),
  },
])
