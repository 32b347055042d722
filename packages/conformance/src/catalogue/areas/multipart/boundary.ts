import type { CheckRow } from '../../define-checks.ts'
import { judgeStatus, judgeTranscribed } from '../../judgements.ts'
import { fieldParts, refusedForm, uploadAs } from '../../requests.ts'
import { judgeMalformed } from './judgements.ts'

const epilogue = 'This text after the last part is ignored.\r\n'

export const boundaryRows: readonly CheckRow[] = [
  {
    id: 'MP-05',
    title: 'A form that names no boundary is rejected',
    harm: 'client-breaks',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 if Content-Type has no boundary parameter.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { declaredBoundary: null }), seconds: 0 }],
    judge: judgeMalformed,
  },
  {
    id: 'MP-06',
    title: 'A quoted boundary is accepted',
    harm: 'client-breaks',
    source: 'RFC 9110, section 5.6.6; RFC 2046, section 5.1.1',
    remediation: 'Parse the parameters of Content-Type: quotes do not belong to the value.',
    plan: ({ clips }) => {
      const boundary = "quoted 'boundary'()+_,-./:=?x"
      return [uploadAs(clips.short, { boundary, declaredBoundary: `"${boundary}"` })]
    },
    judge: judgeTranscribed,
  },
  {
    id: 'MP-07',
    title: 'A boundary of 70 characters is accepted',
    harm: 'client-breaks',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Accept boundaries of up to 70 characters.',
    plan: ({ clips }) => [uploadAs(clips.short, { boundary: 'seventy-'.repeat(8) + 'seven0' })],
    judge: judgeTranscribed,
  },
  {
    id: 'MP-08',
    title: 'A boundary that is too long causes no server error',
    harm: 'quality',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 for a boundary of more than 70 characters, or accept it.',
    plan: () => [refusedForm(fieldParts({ return_timestamps: 'true' }), { boundary: 'eighty--'.repeat(10) })],
    judge: judgeMalformed,
  },
  {
    id: 'MP-09',
    title: 'A truncated form is rejected',
    harm: 'quality',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 if the body ends without its last boundary: a part of the recording may be missing.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { unclosed: true }), seconds: 0 }],
    judge: judgeStatus({ pass: [400, 415, 422], warn: [200] }),
  },
  {
    id: 'MP-10',
    title: 'A form with another boundary than announced is rejected',
    harm: 'wrong-data',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 if a body has content and no part.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { declaredBoundary: 'another' }), seconds: 0 }],
    judge: judgeMalformed,
  },
  {
    id: 'MP-11',
    title: 'Text before the first part and after the last part is ignored',
    harm: 'client-breaks',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Skip text outside the parts, even if it arrives in a packet of its own.',
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
    title: 'White space after a boundary is ignored',
    harm: 'quality',
    source: 'RFC 2046, section 5.1.1 (transport-padding)',
    remediation: 'Skip spaces and tabs between a boundary and the end of its line.',
    plan: ({ clips }) => [uploadAs(clips.short, { padding: ' \t' })],
    // Mail gateways add it, HTTP clients do not: a rejection harms no client.
    judge: judgeStatus({ pass: [200], note: ['4xx'] }),
  },
  {
    id: 'MP-13',
    title: 'A form with bare line feeds causes no server error',
    harm: 'quality',
    source: 'RFC 2046, section 4.1.1',
    remediation: 'Answer 400 for lines without a carriage return, or accept them.',
    plan: () => [refusedForm(fieldParts({ return_timestamps: 'true' }), { lineEnd: '\n' })],
    judge: judgeMalformed,
  },
]
