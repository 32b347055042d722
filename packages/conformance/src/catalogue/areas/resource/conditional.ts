import type { Check, Context, Finding } from '../../../check.ts'
import { headerOf, mediaTypeOf } from '../../../exchange.ts'
import { isIdempotencyKey } from '../../../samples/parameters.ts'
import { defineChecks } from '../../define-checks.ts'
import { exchangeAt, findBadStatuses, judgeEachResponse, judgeStatus, judgeAll } from '../../judgements.ts'
import { sampleOf } from '../../rejections.ts'
import { isSuccess } from './chains.ts'

const documents = ({ operation }: Context, status: string): boolean => status in operation.responses

/** Checks of HEAD and of requests with conditions. */
export const conditionalChecks: Check[] = defineChecks('conditional', [
  {
    id: 'CO-01',
    title: 'HEAD gets the headers of GET and no body',
    harm: 'client-breaks',
    for: 'safe',
    source: 'RFC 9110, section 9.3.2',
    remediation: 'Answer HEAD like GET, without the body; 405 is for paths without GET.',
    plan: ({ valid }) => [{ ...valid(), next: [valid({ method: 'HEAD' })] }],
    judge: (exchanges) => {
      const [get, head] = exchanges
      if (!get || !isSuccess(get) || !head?.response) return []
      const fail = (message: string): Finding[] => [{ severity: 'fail', about: 'headers', message, exchange: head }]
      if ([404, 405, 501].includes(head.response.status)) return []
      if (head.response.status !== get.response?.status)
        return findBadStatuses([head], { pass: [get.response?.status ?? 200] })
      if (head.response.body.length > 0 || head.response.faults.length > 0)
        return fail('saw a body for HEAD, expected none')
      if (mediaTypeOf(head.response) !== mediaTypeOf(get.response))
        return fail('saw another Content-Type for HEAD, expected that of GET')
      const isTagged = headerOf(get.response, 'etag')?.startsWith('"') ?? false
      const differs = ['etag', 'content-length'].find((name) => {
        const [one, other] = [headerOf(get.response, name), headerOf(head.response, name)]
        // The length may change between two requests, but not to none, nor with the same ETag.
        const isSame = one === other || (name === 'content-length' && other !== '0' && !isTagged)
        return one !== undefined && other !== undefined && !isSame
      })
      return differs === undefined ? [] : fail(`saw another ${differs} for HEAD, expected that of GET`)
    },
  },
  {
    id: 'CO-02',
    title: 'A client that has the current version gets 304',
    harm: 'client-breaks',
    for: 'safe',
    needs: ['behavior'],
    source: 'RFC 9110, section 13.1.2',
    remediation: 'Compare If-None-Match with the ETag, and answer 304 without a body.',
    plan: (context) => {
      const { valid } = context
      if (!documents(context, '304')) return []
      const bindings = { ...valid().bindings, etag: { from: 0, places: ['$response.header.etag'] } }
      return [{ ...valid(), next: [valid({ headers: { 'if-none-match': '{path.etag}' }, bindings })] }]
    },
    judge: (exchanges) => {
      const [first, second] = exchanges
      if (!first || !isSuccess(first)) return []
      if (!second)
        return [
          {
            severity: 'fail',
            about: 'headers',
            message: 'saw no ETag, expected one where 304 is documented',
            exchange: first,
          },
        ]
      return judgeAll(
        judgeStatus({ pass: [304] }),
        judgeEachResponse(
          'fail',
          ({ status, body }) => status === 304 && body.length > 0 && 'saw 304 with a body, expected none',
        ),
      )([second], {} as Context)
    },
  },
  {
    id: 'CO-03',
    title: 'A client that has another version gets the current one',
    harm: 'wrong-data',
    for: 'safe',
    needs: ['behavior'],
    source: 'RFC 9110, section 13.1.2',
    remediation: 'Answer 304 only if the ETags are equal.',
    plan: (context) =>
      documents(context, '304') ? [context.valid({ headers: { 'if-none-match': '"no-such-version"' } })] : [],
    judge: judgeStatus({ pass: [200] }),
  },
  {
    id: 'CO-04',
    title: 'A change of another version gets 412',
    harm: 'wrong-data',
    for: 'other',
    needs: ['behavior'],
    source: 'RFC 9110, section 13.1.1',
    remediation: 'Compare If-Match with the ETag before the change: it prevents lost updates.',
    plan: (context) =>
      documents(context, '412') ? [context.refused({ headers: { 'if-match': '"no-such-version"' } })] : [],
    judge: judgeStatus({ pass: [412] }),
  },
  {
    id: 'CO-05',
    title: 'A change without a condition gets 428 where one is required',
    harm: 'wrong-data',
    for: 'other',
    needs: ['behavior'],
    source: 'RFC 6585, section 3',
    remediation: 'Require If-Match where the description documents 428.',
    plan: (context) => (documents(context, '428') ? [context.refused({ headers: { 'if-match': null } })] : []),
    judge: judgeStatus({ pass: [428] }),
  },
  {
    id: 'CO-06',
    title: 'A range of the content can be requested',
    harm: 'wrong-data',
    for: 'safe',
    source: 'RFC 9110, section 14.2',
    remediation: 'Answer 206 with Content-Range and the requested bytes.',
    plan: (context) =>
      documents(context, '206') ? [context.valid(), context.valid({ headers: { range: 'bytes=1-2' } })] : [],
    judge: (exchanges) => {
      const [whole, part] = [exchangeAt(exchanges, 0), exchangeAt(exchanges, 1)]
      if (!isSuccess(whole) || !whole.response || whole.response.body.length < 3) return []
      const expected = whole.response.body.subarray(1, 3)
      const findings = findBadStatuses([part], { pass: [206] })
      if (findings.length > 0 || !part.response) return findings
      if (!part.response.body.equals(expected))
        return [{ severity: 'fail', message: 'saw other bytes, expected the requested range', exchange: part }]
      const range = headerOf(part.response, 'content-range')
      if (range?.startsWith('bytes 1-2/')) return []
      return [
        {
          severity: 'fail',
          about: 'headers',
          message: 'saw 206 without its Content-Range, expected bytes 1-2',
          exchange: part,
        },
      ]
    },
  },
  {
    id: 'CO-07',
    title: 'A repeated idempotency key creates nothing new',
    harm: 'wrong-data',
    for: 'other',
    needs: ['behavior'],
    source: 'draft-ietf-httpapi-idempotency-key-header, section 2',
    remediation: 'Keep the response for each key, and send it again for the same request.',
    plan: (context) => {
      const { parameters } = sampleOf(context)
      const key = parameters.find(isIdempotencyKey)
      if (!key) return []
      const headers = { [key.name.toLowerCase()]: '3fa85f64-5717-4562-b3fc-0000c0f0a0ce' }
      const plan = { ...context.refused({ headers }), writes: true as const }
      return [{ ...plan, next: [{ ...plan, copy: 1 }] }]
    },
    judge: (exchanges) => {
      const [first, second] = exchanges
      if (!first || !second || !isSuccess(first)) return []
      const isSame = first.response?.body.equals(second.response?.body ?? Buffer.alloc(0))
      if (isSame || second.response?.status === 409) return []
      return [
        {
          severity: 'fail',
          message: 'saw another response for the same key, expected the first one',
          exchange: second,
        },
      ]
    },
  },
])
