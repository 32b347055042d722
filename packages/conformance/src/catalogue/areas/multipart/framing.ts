import { withOtherChunk } from '../../../audio/files.ts'
import { wavClip } from '../../../audio/clips.ts'
import type { Finding } from '../../../check.ts'
import type { CheckRow } from '../../define-checks.ts'
import { endsConnection, judgeStatus } from '../../judgements.ts'
import { bareRequest, fieldParts, filePart, formWithoutAudio, refusedForm, upload, uploadAs } from '../../requests.ts'
import { similarityOf, transcriptOf } from '../../transcript.ts'
import { judgeTranscribed } from './judgements.ts'

/** Bytes that a reader of lines, of text or of C strings stumbles over: an almost-boundary, NUL, and no UTF-8. */
const awkward = (boundary: string) =>
  Buffer.concat([
    Buffer.from(`\r\n--${boundary.slice(0, -1)}\r\n--\r\n\0\n`),
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    Buffer.from('\r\n'),
  ])

export const framingRows: readonly CheckRow[] = [
  {
    id: 'MP-25',
    title: 'A chunked upload is understood, wherever it is cut',
    level: 'MUST',
    source: 'RFC 9112, section 7.1',
    remediation: 'Decode the chunked transfer coding; clients that stream know no length.',
    plan: ({ clips }) => [upload(clips.short, {}, { delivery: { chunks: [1, 7, 20, 64, 4096] } })],
    judge: judgeStatus({ pass: [200], warn: [411] }),
  },
  {
    id: 'MP-26',
    title: 'A form ends where its Content-Length says',
    level: 'MUST',
    source: 'RFC 9112, section 6.3',
    remediation: 'Read as many bytes as Content-Length says: what comes behind them is no part of the request.',
    // The recording begins behind the end: who transcribes it has read on.
    plan: ({ clips: { short } }) => [
      refusedForm(
        [...fieldParts({ return_timestamps: 'true' }), filePart(short)],
        {},
        { delivery: { contentLengthError: -short.bytes.length - 200 } },
      ),
    ],
    judge: judgeStatus({ pass: ['4xx'] }),
  },
  {
    id: 'MP-27',
    title: 'Content-Length beside Transfer-Encoding is refused, or ends the connection',
    level: 'MUST',
    needs: ['unsafe'],
    source: 'RFC 9112, section 6.1',
    remediation:
      'Answer 400, or go by Transfer-Encoding and close the connection: anything else can be smuggled through.',
    plan: () => [
      formWithoutAudio({
        headers: { 'content-length': '4' },
        delivery: { chunks: [64], followedBy: bareRequest({ method: 'GET' }) },
      }),
    ],
    judge: (exchanges, context) => {
      const [first, next] = exchanges
      const goesOn = first!.response && !endsConnection(first!) && next?.response
      const kept: Finding = { severity: 'fail', message: 'the connection goes on', exchange: first! }
      return [...judgeStatus({ pass: ['4xx', 501] })([first!], context), ...(goesOn ? [kept] : [])]
    },
  },
  {
    id: 'MP-28',
    title: 'A recording arrives as it was sent, whatever bytes are in it',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.4; RFC 2046, section 5.1.1',
    remediation: 'Keep the body as bytes: never decode it as text, and look for the whole boundary.',
    plan: ({ clips: { short, sounds } }) => {
      const boundary = 'almost-the-boundary'
      const clip = wavClip(sounds.short, 'awkward.wav', short.words)
      return [upload(short), uploadAs({ ...clip, bytes: withOtherChunk(clip.bytes, awkward(boundary)) }, { boundary })]
    },
    judge: (exchanges, context) => {
      const findings = judgeTranscribed(exchanges.slice(1), context)
      const [plain, awkwardly] = exchanges.map((exchange) => transcriptOf(exchange))
      if (findings.length || !plain || !awkwardly || similarityOf(plain.text, awkwardly.text) >= 0.6) return findings
      return [{ severity: 'fail', message: 'the transcript is another one', exchange: exchanges[1]! }]
    },
  },
]
