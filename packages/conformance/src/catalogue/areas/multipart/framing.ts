import type { CheckRow } from '../../define-checks.ts'
import { endsConnection, exchangeAt, findBadStatuses, judgeStatus, judgeTranscribed } from '../../judgements.ts'
import { bareRequest, fieldParts, filePart, formWithoutAudio, refusedForm, upload, uploadAs } from '../../requests.ts'
import { similarityOf, transcriptOf } from '../../transcript.ts'

/** Returns bytes that break naive readers: almost a boundary, NUL, and invalid UTF-8. */
const makeAwkwardBytes = (boundary: string) =>
  Buffer.concat([
    Buffer.from(`\r\n--${boundary.slice(0, -1)}\r\n--\r\n\0\n`),
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    Buffer.from('\r\n'),
  ])

export const framingRows: readonly CheckRow[] = [
  {
    id: 'MP-25',
    title: 'A chunked upload is accepted with chunks of any size',
    harm: 'client-breaks',
    source: 'RFC 9112, section 7.1',
    remediation: 'Decode the chunked transfer coding; streaming clients do not know the length.',
    plan: ({ clips }) => [upload(clips.short, {}, { delivery: { chunks: [1, 7, 20, 64, 4096] } })],
    judge: judgeTranscribed,
  },
  {
    id: 'MP-26',
    title: 'A form ends at its Content-Length',
    harm: 'client-breaks',
    source: 'RFC 9112, section 6.3',
    remediation: 'Read as many bytes as Content-Length says; the bytes after them belong to another request.',
    // The recording begins after the end: a gateway that transcribes it has read on.
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
    title: 'Content-Length with Transfer-Encoding is rejected or ends the connection',
    harm: 'security',
    needs: ['unsafe'],
    source: 'RFC 9112, section 6.1',
    remediation:
      'Answer 400, or obey Transfer-Encoding and close the connection: anything else allows request smuggling.',
    plan: () => [
      formWithoutAudio({
        headers: { 'content-length': '4' },
        delivery: { chunks: [64], followedBy: bareRequest({ method: 'GET' }) },
      }),
    ],
    judge: (exchanges) => {
      const first = exchangeAt(exchanges, 0)
      const findings = findBadStatuses([first], { pass: ['4xx', 501] })
      const isKept = first.response && !endsConnection(first) && exchanges[1]?.response
      if (!isKept) return findings
      const message = 'saw a response to the next request, expected the end of the connection'
      return [...findings, { severity: 'fail', about: 'connection', message, exchange: first }]
    },
  },
  {
    id: 'MP-28',
    title: 'A recording with awkward bytes arrives unchanged',
    harm: 'wrong-data',
    source: 'RFC 7578, section 4.4; RFC 2046, section 5.1.1',
    remediation: 'Treat the body as bytes: never decode it as text, and search for the whole boundary.',
    plan: ({ clips: { short, sounds, encode } }) => {
      const boundary = 'almost-the-boundary'
      const clip = encode(sounds.short, 'awkward', { extra: makeAwkwardBytes(boundary) })
      return [upload(short), uploadAs(clip, { boundary })]
    },
    judge: (exchanges, context) => {
      const findings = judgeTranscribed(exchanges.slice(1), context)
      const [plain, awkwardly] = exchanges.map((exchange) => transcriptOf(exchange))
      if (findings.length || !plain || !awkwardly || similarityOf(plain.text, awkwardly.text) >= 0.6) return findings
      const message = 'saw another transcript, expected that of the first request'
      return [{ severity: 'fail', message, exchange: exchangeAt(exchanges, 1) }]
    },
  },
]
