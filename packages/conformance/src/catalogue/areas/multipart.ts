import { isObject } from '@livepeer-ai/openapi'
import { withOtherChunk } from '../../audio/files.ts'
import { wavClip } from '../../audio/clips.ts'
import type { Check, Finding } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { formSchema } from '../form-schema.ts'
import { all, each, isLast, jsonOf, statuses } from '../judgements.ts'
import { bare, fieldParts, filePart, notAudio, refusedForm, upload, uploadAs, withoutAudio } from '../requests.ts'
import { area } from '../row.ts'
import { similarity, transcriptOf } from '../transcript.ts'

const transcribed = statuses({ pass: [200] })
const malformed = statuses({ pass: [400, 415, 422] })
const tolerated = statuses({ pass: [200, 400, 413, 415, 422] })

const epilogue = 'What comes after the last part is nothing to anybody.\r\n'

/** The places that the issues of a 422 name. */
const issueLocations = (exchange: Exchange): unknown[] => {
  const { detail } = (jsonOf(exchange) ?? {}) as { detail?: unknown }
  return Array.isArray(detail) ? detail.map((issue) => (isObject(issue) ? issue['loc'] : undefined)) : []
}

/** Bytes that a reader of lines, of text or of C strings stumbles over: an almost-boundary, NUL, and no UTF-8. */
const awkward = (boundary: string) =>
  Buffer.concat([
    Buffer.from(`\r\n--${boundary.slice(0, -1)}\r\n--\r\n\0\n`),
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    Buffer.from('\r\n'),
  ])

export const multipartChecks: Check[] = area('multipart', [
  {
    id: 'MP-01',
    title: 'A form with a recording and nothing else is transcribed',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, requestBody',
    remediation: 'Nothing but the recording is required; everything else has a default.',
    plan: ({ clips }) => [upload(clips.short)],
    judge: transcribed,
  },
  {
    id: 'MP-02',
    title: 'A form without the recording is answered 422, which names the part',
    level: 'MUST',
    profiles: ['smoke'],
    source: 'OpenAPI description, requestBody: required',
    remediation: 'Check that the required parts are there before anything else is done with the form.',
    plan: () => [withoutAudio()],
    judge: all(
      statuses({ pass: [422], note: [400] }),
      each('warn', (exchange, context) => {
        if (exchange.response?.status !== 422) return false
        const { required: names = [] } = formSchema(context)
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
    judge: statuses({ pass: [400, 422] }),
  },
  {
    id: 'MP-04',
    title: 'A request without a body is refused',
    level: 'MUST',
    source: 'OpenAPI description, requestBody.required',
    remediation: 'Answer 422, 415 or 400 when there is no body.',
    plan: () => [bare(), bare({ body: { bytes: Buffer.alloc(0), type: 'multipart/form-data; boundary=nothing' } })],
    judge: statuses({ pass: [400, 411, 415, 422] }),
  },
  {
    id: 'MP-05',
    title: 'A form that names no boundary is refused',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 when the Content-Type has no boundary parameter.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { declaredBoundary: null }), seconds: 0 }],
    judge: malformed,
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
    judge: transcribed,
  },
  {
    id: 'MP-07',
    title: 'A boundary of 70 characters is understood',
    level: 'MUST',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Accept boundaries of up to 70 characters.',
    plan: ({ clips }) => [uploadAs(clips.short, { boundary: 'seventy-'.repeat(8) + 'seven0' })],
    judge: transcribed,
  },
  {
    id: 'MP-08',
    title: 'A boundary that is too long is no failure',
    level: 'SHOULD',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 for a boundary of more than 70 characters, or read it like any other.',
    plan: () => [refusedForm(fieldParts({ return_timestamps: 'true' }), { boundary: 'eighty--'.repeat(10) })],
    judge: malformed,
  },
  {
    id: 'MP-09',
    title: 'A form that is cut off is refused',
    level: 'SHOULD',
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 when the body ends without its last boundary: some of the recording may be missing.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { unclosed: true }), seconds: 0 }],
    judge: statuses({ pass: [400, 415, 422], warn: [200] }),
  },
  {
    id: 'MP-10',
    title: 'A form whose boundary is not the announced one is refused',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 2046, section 5.1.1',
    remediation: 'Answer 400 when no part is found in a body that is not empty.',
    plan: ({ clips }) => [{ ...uploadAs(clips.short, { declaredBoundary: 'another' }), seconds: 0 }],
    judge: malformed,
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
    judge: transcribed,
  },
  {
    id: 'MP-12',
    title: 'White space behind a boundary is ignored',
    level: 'SHOULD',
    source: 'RFC 2046, section 5.1.1 (transport-padding)',
    remediation: 'Skip blanks and tabs between a boundary and the end of its line.',
    plan: ({ clips }) => [uploadAs(clips.short, { padding: ' \t' })],
    // Mail gateways add it, HTTP clients do not: a loud refusal harms nobody.
    judge: statuses({ pass: [200], note: ['4xx'] }),
  },
  {
    id: 'MP-13',
    title: 'A form with bare line feeds is no failure',
    level: 'SHOULD',
    source: 'RFC 2046, section 4.1.1',
    remediation: 'Answer 400 for lines that end without a carriage return, or read them all the same.',
    plan: () => [refusedForm(fieldParts({ return_timestamps: 'true' }), { lineEnd: '\n' })],
    judge: malformed,
  },
  {
    id: 'MP-14',
    title: 'A part that the description does not know changes nothing',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: additional properties are allowed',
    remediation: 'Ignore parts that are not documented; newer clients send more.',
    plan: ({ clips }) => [upload(clips.short, { foo: 'bar' })],
    judge: statuses({ pass: [200], warn: [400, 422] }),
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
    judge: tolerated,
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
    judge: tolerated,
  },
  {
    id: 'MP-17',
    title: 'Text in the place of the recording is refused',
    level: 'SHOULD',
    critical: true,
    source: 'OpenAPI description, requestBody: format binary',
    remediation: 'Answer 422 when the part has no file name, or 415 when it holds no recording.',
    plan: () => [refusedForm(fieldParts({ audio: 'hello' }))],
    judge: malformed,
  },
  {
    id: 'MP-18',
    title: 'An empty file is refused',
    level: 'SHOULD',
    critical: true,
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415, 422 or 400 for a recording of no bytes; it is no silence.',
    plan: () => [refusedForm([notAudio('', 'empty.wav', 'audio/wav')])],
    judge: malformed,
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
      const findings = transcribed(exchanges, context)
      const [after, before] = exchanges.map((exchange) => transcriptOf(exchange)?.chunks.length)
      if (findings.length || after === before) return findings
      return [{ severity: 'fail', message: 'fields before the recording give other chunks', exchange: exchanges[1]! }]
    },
  },
  {
    id: 'MP-20',
    title: 'File names beyond plain ASCII are accepted',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.2; HTML, multipart form data',
    remediation: 'Read file names as UTF-8, and do not use them for anything but a hint.',
    plan: ({ clips }) =>
      ['a "quoted" name.wav', `Zoë 録音 🎙 ${'x'.repeat(230)}.wav`].map((filename) =>
        uploadAs(clips.short, {}, { filename }),
      ),
    judge: statuses({ pass: [200], warn: ['4xx'] }),
  },
  {
    id: 'MP-21',
    title: 'A file name in the extended notation is no failure',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.2',
    remediation: 'Ignore filename*, or answer 400.',
    plan: ({ clips }) => [
      uploadAs(
        clips.short,
        {},
        { headers: { 'Content-Disposition': `form-data; name="audio"; filename*=UTF-8''short%20clip.wav` } },
      ),
    ],
    judge: tolerated,
  },
  {
    id: 'MP-22',
    title: 'A file name that is a path, or a command, is just a name',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 7578, section 4.2; CWE-22',
    remediation: 'Never build a path or a command from the name of an upload, nor repeat it in an answer.',
    plan: ({ clips }) =>
      ['../../../../etc/passwd;$(id).wav', 'a\0b.wav'].map((filename) => uploadAs(clips.short, {}, { filename })),
    judge: all(
      statuses({ pass: [200, '4xx'] }),
      each('warn', ({ response }) => response?.body.includes('../../') && 'the answer repeats the path'),
      each('fail', ({ response }) => /root:|uid=\d/.test(response?.body.toString() ?? '') && 'the name was acted upon'),
    ),
  },
  {
    id: 'MP-23',
    title: 'A recording is known by its content, without a media type of its own',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.4',
    remediation: 'Look at the bytes: many clients send no media type for a file, or application/octet-stream.',
    plan: ({ clips: { short } }) => {
      const { type: _, ...untyped } = filePart(short)
      return [
        { body: { parts: [untyped] }, seconds: short.seconds },
        uploadAs(short, {}, { type: 'application/octet-stream' }),
      ]
    },
    judge: statuses({ pass: [200], warn: ['4xx'] }),
  },
  {
    id: 'MP-24',
    title: 'Further headers of a part are ignored',
    level: 'SHOULD',
    source: 'RFC 7578, sections 4.7 and 4.8',
    remediation: 'Ignore part headers other than Content-Disposition and Content-Type.',
    plan: ({ clips }) => [
      uploadAs(clips.short, {}, { headers: { 'Content-Transfer-Encoding': 'binary', 'X-Foo': 'bar' } }),
    ],
    judge: statuses({ pass: [200], warn: ['4xx'] }),
  },
  {
    id: 'MP-25',
    title: 'A chunked upload is understood, wherever it is cut',
    level: 'MUST',
    source: 'RFC 9112, section 7.1',
    remediation: 'Decode the chunked transfer coding; clients that stream know no length.',
    plan: ({ clips }) => [upload(clips.short, {}, { delivery: { chunks: [1, 7, 20, 64, 4096] } })],
    judge: statuses({ pass: [200], warn: [411] }),
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
    judge: statuses({ pass: ['4xx'] }),
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
      withoutAudio({
        headers: { 'content-length': '4' },
        delivery: { chunks: [64], followedBy: bare({ method: 'GET' }) },
      }),
    ],
    judge: (exchanges, context) => {
      const [first, next] = exchanges
      const goesOn = first!.response && !isLast(first!) && next?.response
      const kept: Finding = { severity: 'fail', message: 'the connection goes on', exchange: first! }
      return [...statuses({ pass: ['4xx', 501] })([first!], context), ...(goesOn ? [kept] : [])]
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
      const findings = transcribed(exchanges.slice(1), context)
      const [plain, awkwardly] = exchanges.map((exchange) => transcriptOf(exchange))
      if (findings.length || !plain || !awkwardly || similarity(plain.text, awkwardly.text) >= 0.6) return findings
      return [{ severity: 'fail', message: 'the transcript is another one', exchange: exchanges[1]! }]
    },
  },
  {
    id: 'MP-29',
    title: 'Forms of many or large parts are answered in time',
    level: 'SHOULD',
    source: 'CWE-770',
    remediation: 'Limit the number of parts, and the size of fields and part headers; answer 413 beyond that.',
    plan: () => [
      refusedForm(Array.from({ length: 1000 }, (_, index) => ({ name: `part${index}`, value: 'x' }))),
      refusedForm(fieldParts({ return_timestamps: 'x'.repeat(1_000_000) })),
      ...[10_000, 65_536].map((length) =>
        refusedForm([{ name: 'return_timestamps', value: 'true', headers: { 'X-Long': 'x'.repeat(length) } }]),
      ),
    ],
    judge: statuses({ pass: [400, 413, 422, 431] }),
  },
  {
    id: 'MP-30',
    title: 'A file over the limit is answered 413',
    level: 'SHOULD',
    critical: true,
    needs: ['unsafe'],
    source: 'OpenAPI description, responses: 413',
    remediation: 'Refuse by Content-Length, or while reading, with 413; tell the suite the limit with --max-bytes.',
    plan: ({ maxBytes }) => [refusedForm([notAudio(Buffer.alloc(maxBytes + 1), 'large.wav', 'audio/wav')])],
    judge: statuses({ pass: [413], warn: [400, 415, 422] }),
  },
  {
    id: 'MP-31',
    title: 'A file of just the limit is not answered 413',
    level: 'SHOULD',
    profiles: ['long'],
    needs: ['unsafe'],
    source: 'OpenAPI description, responses: 413',
    remediation: 'The limit is inclusive; tell the suite the limit with --max-bytes.',
    plan: ({ maxBytes }) => [refusedForm([notAudio(Buffer.alloc(maxBytes), 'limit.wav', 'audio/wav')])],
    judge: statuses({ pass: [400, 415, 422], warn: [413] }),
  },
])
