import type { CheckRow } from '../../define-checks.ts'
import { exchangeAt, judgeStatus, judgeTranscribed } from '../../judgements.ts'
import { fieldParts, filePart, nonAudioPart, refusedForm, upload, uploadAs } from '../../requests.ts'
import { transcriptOf } from '../../transcript.ts'
import { judgeMalformed, judgeTolerated } from './judgements.ts'

export const partRows: readonly CheckRow[] = [
  {
    id: 'MP-14',
    title: 'An undocumented part changes nothing',
    harm: 'client-breaks',
    source: 'OpenAPI description, requestBody: additional properties are allowed',
    remediation: 'Ignore undocumented parts; newer clients send more.',
    plan: ({ clips }) => [upload(clips.short, { foo: 'bar' })],
    judge: judgeStatus({ pass: [200] }),
  },
  {
    id: 'MP-15',
    title: 'A repeated field causes no server error',
    harm: 'quality',
    source: 'RFC 7578, section 5.2',
    remediation: 'Use one of them, or answer 422.',
    plan: ({ clips }) => [
      uploadAs(clips.short, {
        parts: [filePart(clips.short), ...['true', 'sentence'].map((value) => ({ name: 'return_timestamps', value }))],
      }),
    ],
    judge: judgeTolerated,
  },
  {
    id: 'MP-16',
    title: 'A repeated recording causes no server error',
    harm: 'quality',
    source: 'RFC 7578, section 4.3',
    remediation: 'Use one of them, or answer 422.',
    plan: ({ clips: { short } }) => [
      uploadAs(short, { parts: [filePart(short), filePart(short)] }, {}, { seconds: 2 * short.seconds }),
    ],
    judge: judgeTolerated,
  },
  {
    id: 'MP-17',
    title: 'Text in place of the recording is rejected',
    harm: 'wrong-data',
    source: 'OpenAPI description, requestBody: format binary',
    remediation: 'Answer 422 if the part has no file name, or 415 if it holds no recording.',
    plan: () => [refusedForm(fieldParts({ audio: 'hello' }))],
    judge: judgeMalformed,
  },
  {
    id: 'MP-18',
    title: 'An empty file is rejected',
    harm: 'wrong-data',
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415, 422 or 400 for an empty file; do not treat it as silence.',
    plan: () => [refusedForm([nonAudioPart('', 'empty.wav', 'audio/wav')])],
    judge: judgeMalformed,
  },
  {
    id: 'MP-19',
    title: 'The order of the parts does not matter',
    harm: 'quality',
    source: 'OpenAPI description, requestBody: an object has no order',
    remediation: 'Read the whole form before transcribing the recording.',
    plan: ({ clips: { short } }) => {
      const fields = { return_timestamps: 'word' }
      return [upload(short, fields), uploadAs(short, { parts: [...fieldParts(fields), filePart(short)] })]
    },
    judge: (exchanges, context) => {
      const findings = judgeTranscribed(exchanges, context)
      const [after, before] = exchanges.map((exchange) => transcriptOf(exchange)?.chunks.length)
      if (findings.length || after === before) return findings
      const message = 'saw other chunks with fields before the recording, expected the same chunks'
      return [{ severity: 'fail', message, exchange: exchangeAt(exchanges, 1) }]
    },
  },
]
