import type { CheckRow } from '../../define-checks.ts'
import { judgeStatus } from '../../judgements.ts'
import { fieldParts, filePart, nonAudioPart, refusedForm, upload, uploadAs } from '../../requests.ts'
import { transcriptOf } from '../../transcript.ts'
import { judgeMalformed, judgeTolerated, judgeTranscribed } from './judgements.ts'

export const partRows: readonly CheckRow[] = [
  {
    id: 'MP-14',
    title: 'A part that the description does not know changes nothing',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: additional properties are allowed',
    remediation: 'Ignore parts that are not documented; newer clients send more.',
    plan: ({ clips }) => [upload(clips.short, { foo: 'bar' })],
    judge: judgeStatus({ pass: [200], warn: [400, 422] }),
  },
  {
    id: 'MP-15',
    title: 'A field that comes twice is no failure',
    level: 'SHOULD',
    source: 'RFC 7578, section 5.2',
    remediation: 'Take one of them, or answer 422.',
    plan: ({ clips }) => [
      uploadAs(clips.short, {
        parts: [filePart(clips.short), ...['true', 'sentence'].map((value) => ({ name: 'return_timestamps', value }))],
      }),
    ],
    judge: judgeTolerated,
  },
  {
    id: 'MP-16',
    title: 'A recording that comes twice is no failure',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.3',
    remediation: 'Take one of them, or answer 422.',
    plan: ({ clips: { short } }) => [
      uploadAs(short, { parts: [filePart(short), filePart(short)] }, {}, { seconds: 2 * short.seconds }),
    ],
    judge: judgeTolerated,
  },
  {
    id: 'MP-17',
    title: 'Text in the place of the recording is refused',
    level: 'SHOULD',
    critical: true,
    source: 'OpenAPI description, requestBody: format binary',
    remediation: 'Answer 422 when the part has no file name, or 415 when it holds no recording.',
    plan: () => [refusedForm(fieldParts({ audio: 'hello' }))],
    judge: judgeMalformed,
  },
  {
    id: 'MP-18',
    title: 'An empty file is refused',
    level: 'SHOULD',
    critical: true,
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415, 422 or 400 for a recording of no bytes; it is no silence.',
    plan: () => [refusedForm([nonAudioPart('', 'empty.wav', 'audio/wav')])],
    judge: judgeMalformed,
  },
  {
    id: 'MP-19',
    title: 'The order of the parts does not matter',
    level: 'SHOULD',
    source: 'OpenAPI description, requestBody: an object has no order',
    remediation: 'Read the whole form before the recording is transcribed.',
    plan: ({ clips: { short } }) => {
      const fields = { return_timestamps: 'word' }
      return [upload(short, fields), uploadAs(short, { parts: [...fieldParts(fields), filePart(short)] })]
    },
    judge: (exchanges, context) => {
      const findings = judgeTranscribed(exchanges, context)
      const [after, before] = exchanges.map((exchange) => transcriptOf(exchange)?.chunks.length)
      if (findings.length || after === before) return findings
      return [{ severity: 'fail', message: 'fields before the recording give other chunks', exchange: exchanges[1]! }]
    },
  },
]
