import { isObject } from '@livepeer-ai/openapi'
import type { Exchange } from '../../../exchange.ts'
import { findFormSchema } from '../../find-form-schema.ts'
import type { CheckRow } from '../../define-checks.ts'
import { judgeAll, judgeEach, parseJson, judgeStatus } from '../../judgements.ts'
import { bareRequest, formWithoutAudio, refusedForm, upload } from '../../requests.ts'
import { judgeTranscribed } from './judgements.ts'

/** The places that the issues of a 422 name. */
const issueLocations = (exchange: Exchange): unknown[] => {
  const { detail } = (parseJson(exchange) ?? {}) as { detail?: unknown }
  return Array.isArray(detail) ? detail.map((issue) => (isObject(issue) ? issue['loc'] : undefined)) : []
}

export const requiredPartRows: readonly CheckRow[] = [
  {
    id: 'MP-01',
    title: 'A form with a recording and nothing else is transcribed',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, requestBody',
    remediation: 'Nothing but the recording is required; everything else has a default.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeTranscribed,
  },
  {
    id: 'MP-02',
    title: 'A form without the recording is answered 422, which names the part',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, requestBody: required',
    remediation: 'Check that the required parts are there before anything else is done with the form.',
    plan: () => [formWithoutAudio()],
    judge: judgeAll(
      judgeStatus({ pass: [422], note: [400] }),
      judgeEach('warn', (exchange, context) => {
        if (exchange.response?.status !== 422) return false
        const { required: names = [] } = findFormSchema(context)
        const isNamed = issueLocations(exchange).some((loc) => names.some((name) => [loc].flat().includes(name)))
        return !isNamed && `no issue is located at ${names.join(' or ')}`
      }),
    ),
  },
  {
    id: 'MP-03',
    title: 'A form without parts is refused',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: required',
    remediation: 'Answer 400 or 422 when the closing boundary comes first.',
    plan: () => [refusedForm([])],
    judge: judgeStatus({ pass: [400, 422] }),
  },
  {
    id: 'MP-04',
    title: 'A request without a body is refused',
    level: 'MUST',
    source: 'OpenAPI description, requestBody.required',
    remediation: 'Answer 422, 415 or 400 when there is no body.',
    plan: () => [
      bareRequest(),
      bareRequest({ body: { bytes: Buffer.alloc(0), type: 'multipart/form-data; boundary=nothing' } }),
    ],
    judge: judgeStatus({ pass: [400, 411, 415, 422] }),
  },
]
