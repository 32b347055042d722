import type { Clip } from '../../../audio/clips.ts'
import { mediaTypeOf, type ReceivedResponse } from '../../../exchange.ts'
import type { CheckRow } from '../../define-checks.ts'
import { judgeAll, judgeAspect, judgeEachResponse, judgeStatus } from '../../judgements.ts'
import { fieldParts, refusedForm, refusedUpload, upload } from '../../requests.ts'

/** Appends zeros to a recording. A gateway without a limit would transcribe it. */
const padClip = (clip: Clip, bytes: number): Clip => ({
  ...clip,
  bytes: Buffer.concat([clip.bytes], bytes),
})

function findSizeLimit(response: ReceivedResponse): string | false {
  if (response.status !== 413) return false
  const isPage = mediaTypeOf(response) === 'text/html'
  return `saw 413${isPage ? ' as HTML, from a proxy in front of the gateway' : ''}, expected 200`
}

export const limitRows: readonly CheckRow[] = [
  {
    id: 'MP-29',
    title: 'Forms with many or large parts get a response in time',
    harm: 'quality',
    source: 'CWE-770',
    remediation: 'Limit the number of parts and the size of fields and part headers; answer 413 beyond the limits.',
    plan: () => [
      refusedForm(Array.from({ length: 1000 }, (_, index) => ({ name: `part${index}`, value: 'x' }))),
      refusedForm(fieldParts({ return_timestamps: 'x'.repeat(1_000_000) })),
      ...[10_000, 65_536].map((length) =>
        refusedForm([{ name: 'return_timestamps', value: 'true', headers: { 'X-Long': 'x'.repeat(length) } }]),
      ),
    ],
    judge: judgeStatus({ pass: [400, 413, 422, 431] }),
  },
  {
    id: 'MP-30',
    title: 'A file over the limit gets 413',
    harm: 'wrong-data',
    needs: ['unsafe'],
    source: 'OpenAPI description, responses: 413',
    remediation: 'Answer 413 by Content-Length or while reading; pass the limit to the suite with --max-bytes.',
    plan: ({ clips, maxBytes }) => [refusedUpload(padClip(clips.short, maxBytes + 1))],
    judge: judgeStatus({ pass: [413], warn: [400, 415, 422] }),
  },
  {
    id: 'MP-31',
    title: 'A file of exactly the limit does not get 413',
    harm: 'quality',
    profiles: ['long'],
    needs: ['unsafe'],
    source: 'OpenAPI description, responses: 413',
    remediation: 'Accept files up to the limit inclusive; pass the limit to the suite with --max-bytes.',
    plan: ({ clips, maxBytes }) => [upload(padClip(clips.short, maxBytes))],
    judge: judgeStatus({ pass: [200, 400, 415, 422], warn: [413] }),
  },
  {
    id: 'MP-32',
    title: 'A recording of more than a megabyte is not too large',
    harm: 'client-breaks',
    source: 'OpenAPI description, responses: 413',
    remediation: 'Raise the limit of the proxy in front of the gateway (nginx: client_max_body_size, 1 MB by default).',
    plan: ({ clips, maxBytes }) => [upload(padClip(clips.short, Math.min(maxBytes, 1_250_000)))],
    judge: judgeAll(
      judgeStatus({ pass: [200, 413], warn: [400, 415, 422] }),
      judgeAspect('status', judgeEachResponse('fail', findSizeLimit)),
    ),
  },
]
