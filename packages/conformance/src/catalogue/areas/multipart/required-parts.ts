import { isObject } from '@livepeer-ai/openapi'
import type { Exchange } from '../../../exchange.ts'
import type { CheckRow } from '../../define-checks.ts'
import { findFormSchema } from '../../find-form-schema.ts'
import { judgeAll, judgeEachResponse, judgeStatus, judgeTranscribed, parseJson } from '../../judgements.ts'
import { bareRequest, formWithoutAudio, refusedForm, upload } from '../../requests.ts'

/** Returns the locations of the faults of a 422. */
const locationsOf = (exchange: Exchange): unknown[] => {
  const { detail } = (parseJson(exchange) ?? {}) as { detail?: unknown }
  return Array.isArray(detail) ? detail.map((issue) => (isObject(issue) ? issue['loc'] : undefined)) : []
}

export const requiredPartRows: readonly CheckRow[] = [
  {
    id: 'MP-01',
    title: 'A form with only a recording is transcribed',
    harm: 'client-breaks',
    profiles: ['smoke'],
    source: 'OpenAPI description, requestBody',
    remediation: 'Require nothing but the recording, and use the documented defaults for all other fields.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: judgeTranscribed,
  },
  {
    id: 'MP-02',
    title: 'A form without the recording gets a 422 that names the part',
    harm: 'client-breaks',
    profiles: ['smoke'],
    source: 'OpenAPI description, requestBody: required',
    remediation: 'Check for the required parts before any other work on the form.',
    plan: () => [formWithoutAudio()],
    judge: judgeAll(
      judgeStatus({ pass: [422], note: [400] }),
      judgeEachResponse('warn', ({ status }, context, exchange) => {
        if (status !== 422) return false
        const { required: names = [] } = findFormSchema(context)
        const isNamed = locationsOf(exchange).some((loc) => names.some((name) => [loc].flat().includes(name)))
        return !isNamed && `saw no fault at the missing part, expected one at ${names.join(' or ')}`
      }),
    ),
  },
  {
    id: 'MP-03',
    title: 'A form without parts is rejected',
    harm: 'client-breaks',
    source: 'OpenAPI description, requestBody: required',
    remediation: 'Answer 400 or 422 if the closing boundary comes first.',
    plan: () => [refusedForm([])],
    judge: judgeStatus({ pass: [400, 422] }),
  },
  {
    id: 'MP-04',
    title: 'A request without a body is rejected',
    harm: 'client-breaks',
    source: 'OpenAPI description, requestBody.required',
    remediation: 'Answer 422, 415 or 400 if there is no body.',
    plan: () => [
      bareRequest(),
      bareRequest({ body: { bytes: Buffer.alloc(0), type: 'multipart/form-data; boundary=nothing' } }),
    ],
    judge: judgeStatus({ pass: [400, 411, 415, 422] }),
  },
]
