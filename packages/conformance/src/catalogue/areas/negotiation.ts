import type { Check } from '../../check.ts'
import { headerOf, isOneOf, mediaTypeOf } from '../../exchange.ts'
import { defineChecks } from '../define-checks.ts'
import { judgeAll, judgeAspect, judgeEachResponse, judgeStatus, judgeValid, type Judge } from '../judgements.ts'
import { bareRequest, fieldParts, refusedForm, upload } from '../requests.ts'

/** Passes for the rejection of an undocumented media type. */
const judgeUnsupported = judgeStatus({ pass: [415, 400, 422] })

/** Passes for a transcript in one of the documented media types. */
const judgeDocumented: Judge = judgeAll(
  judgeValid,
  judgeAspect(
    'headers',
    judgeEachResponse('fail', (response, { operation }) => {
      if (response.status >= 300) return false
      const mediaTypes = operation.responses[response.status] ?? []
      const isDocumented = isOneOf(mediaTypeOf(response), mediaTypes)
      return mediaTypes.length > 0 && !isDocumented && `saw another Content-Type, expected ${mediaTypes.join(' or ')}`
    }),
  ),
)

const planHtml = () => bareRequest({ headers: { accept: 'text/html' } })

export const negotiationChecks: Check[] = defineChecks('negotiation', [
  {
    id: 'CN-01',
    title: 'A valid request gets a documented success',
    harm: 'client-breaks',
    for: 'any',
    source: 'OpenAPI description, responses',
    remediation: 'Answer with a documented status and Content-Type.',
    plan: ({ valid }) => [valid()],
    judge: judgeDocumented,
  },
  {
    id: 'CN-10',
    title: 'A client gets the media type that it accepts',
    harm: 'client-breaks',
    for: 'safe',
    needs: ['behavior'],
    source: 'RFC 9110, section 12.5.1; OpenAPI description, responses',
    remediation: 'Choose among the documented media types by Accept, and answer 406 if none is acceptable.',
    plan: ({ valid, operation, sample }) => {
      const types = operation.responses['200'] ?? []
      const isChosen = sample?.parameters.some(({ name }) => /format|accept|type/i.test(name))
      if (types.length < 2 || isChosen || types.some((one) => one.includes('*'))) return []
      return types.map((accept) => valid({ headers: { accept } }))
    },
    judge: judgeAspect(
      'headers',
      judgeEachResponse('fail', (response, _, { request }) => {
        const accept = headerOf(request, 'accept') ?? ''
        const isRight = response.status !== 200 || isOneOf(mediaTypeOf(response), [accept])
        return !isRight && `saw another media type for Accept: ${accept}, expected that one or 406`
      }),
    ),
  },
  {
    id: 'CN-02',
    title: 'A client that accepts anything gets the documented media type',
    harm: 'client-breaks',
    source: 'RFC 9110, section 12.5.1; OpenAPI description, responses',
    remediation: 'Treat a missing Accept and */* as accepting anything.',
    // A request that accepts only HTML comes first: its preference must not apply to the others.
    plan: ({ clips }) => [
      planHtml(),
      ...['*/*', null].map((accept) => upload(clips.short, {}, { headers: { accept } })),
    ],
    judge: (exchanges, context) => judgeDocumented(exchanges.slice(1), context),
  },
  {
    id: 'CN-03',
    title: 'A client that accepts only HTML gets no HTML',
    harm: 'quality',
    source: 'RFC 9110, section 12.5.1; OpenAPI description, responses',
    remediation: 'Answer 406, or send JSON regardless; a program cannot read an error page.',
    plan: () => [planHtml()],
    judge: judgeAll(
      judgeStatus({ pass: ['4xx'] }),
      judgeEachResponse(
        'fail',
        (response) => mediaTypeOf(response) === 'text/html' && 'saw HTML, expected JSON or an empty body',
      ),
    ),
  },
  {
    id: 'CN-04',
    title: 'A JSON body is rejected',
    harm: 'client-breaks',
    source: 'OpenAPI description, requestBody.content',
    remediation: 'Answer 415 for a body that is not multipart/form-data.',
    plan: () => [bareRequest({ body: { bytes: Buffer.from('{"audio":"aGVsbG8="}'), type: 'application/json' } })],
    judge: judgeUnsupported,
  },
  {
    id: 'CN-05',
    title: 'A form that is not multipart is rejected',
    harm: 'client-breaks',
    source: 'OpenAPI description, requestBody.content',
    remediation: 'Answer 415 for a body that is not multipart/form-data.',
    plan: () => [
      bareRequest({ body: { bytes: Buffer.from('audio=hello'), type: 'application/x-www-form-urlencoded' } }),
    ],
    judge: judgeUnsupported,
  },
  {
    id: 'CN-06',
    title: 'A recording outside a form gets 415',
    harm: 'quality',
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415 for a body that is not multipart/form-data.',
    plan: ({ clips: { short } }) => [bareRequest({ body: { bytes: short.bytes, type: short.type } })],
    judge: judgeStatus({ pass: [415], warn: [400, 422] }),
  },
  {
    id: 'CN-07',
    title: 'A body without a Content-Type is rejected',
    harm: 'quality',
    source: 'RFC 9110, section 8.3',
    remediation: 'Answer 415 for a body of unknown media type instead of guessing.',
    plan: ({ clips }) => [bareRequest({ body: { bytes: clips.short.bytes } })],
    judge: judgeUnsupported,
  },
  {
    id: 'CN-08',
    title: 'A content coding is requested and can be decoded',
    harm: 'client-breaks',
    source: 'RFC 9110, sections 8.4 and 12.5.3',
    remediation: 'Use the content codings that Accept-Encoding allows, and no others.',
    plan: ({ clips }) => [upload(clips.short, {}, { headers: { 'accept-encoding': 'gzip' } })],
    judge: judgeAll(
      judgeDocumented,
      judgeEachResponse('fail', ({ faults }) => {
        const fault = faults.find((one) => /content coding|not (gzip|deflate|br)/.test(one))
        return fault !== undefined && `saw ${fault}`
      }),
      judgeEachResponse('warn', (response, _, { request }) => {
        const coding = headerOf(response, 'content-encoding') ?? 'identity'
        const isRequested = coding === 'identity' || headerOf(request, 'accept-encoding') === coding
        return !isRequested && `saw the content coding ${coding}, expected one that was requested`
      }),
    ),
  },
  {
    id: 'CN-09',
    title: 'A request that cannot be decoded is rejected without a server error',
    harm: 'none',
    source: 'RFC 9110, sections 8.4 and 15.5.16',
    remediation: 'Answer 415 for an unsupported content coding of the request.',
    plan: () => [
      refusedForm(fieldParts({ return_timestamps: 'true' }), {}, { headers: { 'content-encoding': 'gzip' } }),
    ],
    judge: judgeStatus({ pass: ['4xx'] }),
  },
])
