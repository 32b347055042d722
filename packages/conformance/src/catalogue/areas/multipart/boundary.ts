import type { CheckRow } from '../../define-checks.ts'
import { judgeStatus } from '../../judgements.ts'
import { fieldParts, refusedForm, uploadAs } from '../../requests.ts'
import { judgeMalformed, judgeTranscribed } from './judgements.ts'

const epilogue = 'What comes after the last part is nothing to anybody.\r\n'

export const boundaryRows: readonly CheckRow[] = [
  {
    id: 'MP-05',
    title: 'A form that names no boundary is refused',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 when the Content-Type has no boundary parameter.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { declaredBoundary: null }), seconds: 0 }],
    judge: judgeMalformed,
  },
  {
    id: 'MP-06',
    title: 'A quoted boundary is understood',
    level: 'MUST',
    source: 'RFC 9110, section 5.6.6; RFC 2046, section 5.1.1',
    remediation: 'Parse the parameters of Content-Type: a quoted value is equal to the same value without quotes.',
    plan: ({ clips }) => {
      const boundary = "quoted 'boundary'()+_,-./:=?x"
      return [uploadAs(clips.short, { boundary, declaredBoundary: `"${boundary}"` })]
    },
    judge: judgeTranscribed,
  },
  {
    id: 'MP-07',
    title: 'A boundary of 70 characters is understood',
    level: 'MUST',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Accept boundaries of up to 70 characters.',
    plan: ({ clips }) => [uploadAs(clips.short, { boundary: 'seventy-'.repeat(8) + 'seven0' })],
    judge: judgeTranscribed,
  },
  {
    id: 'MP-08',
    title: 'A boundary that is too long is no failure',
    level: 'SHOULD',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 for a boundary of more than 70 characters, or read it like any other.',
    plan: () => [refusedForm(fieldParts({ return_timestamps: 'true' }), { boundary: 'eighty--'.repeat(10) })],
    judge: judgeMalformed,
  },
  {
    id: 'MP-09',
    title: 'A form that is cut off is refused',
    level: 'SHOULD',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 when the body ends without its last boundary: some of the recording may be missing.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { unclosed: true }), seconds: 0 }],
    judge: judgeStatus({ pass: [400, 415, 422], warn: [200] }),
  },
  {
    id: 'MP-10',
    title: 'A form whose boundary is not the announced one is refused',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 when no part is found in a body that is not empty.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { declaredBoundary: 'another' }), seconds: 0 }],
    judge: judgeMalformed,
  },
  {
    id: 'MP-11',
    title: 'Text before the first and after the last part is ignored',
    level: 'MUST',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Skip what stands outside of the parts, also when it comes in a packet of its own.',
    plan: ({ clips }) => [
      uploadAs(
        clips.short,
        { preamble: 'This is a form in several parts.', epilogue },
        {},
        { delivery: { lateTail: epilogue.length } },
      ),
    ],
    judge: judgeTranscribed,
  },
  {
    id: 'MP-12',
    title: 'White space behind a boundary is ignored',
    level: 'SHOULD',
    source: 'RFC 2046, section 5.1.1 (transport-padding)',
    remediation: 'Skip blanks and tabs between a boundary and the end of its line.',
    plan: ({ clips }) => [uploadAs(clips.short, { padding: ' \t' })],
    // Mail gateways add it, HTTP clients do not: a loud refusal harms nobody.
    judge: judgeStatus({ pass: [200], note: ['4xx'] }),
  },
  {
    id: 'MP-13',
    title: 'A form with bare line feeds is no failure',
    level: 'SHOULD',
    source: 'RFC 2046, section 4.1.1',
    remediation: 'Answer 400 for lines that end without a carriage return, or read them all the same.',
    plan: () => [refusedForm(fieldParts({ return_timestamps: 'true' }), { lineEnd: '\n' })],
    judge: judgeMalformed,
  },
]
