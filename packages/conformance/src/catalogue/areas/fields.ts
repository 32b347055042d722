import type { Check, Context, Finding } from '../../check.ts'
import { judgeAll, findBadStatuses, judgeEach, parseJson, judgeStatus, type Judge } from '../judgements.ts'
import { refusedForm, refusedUpload, upload } from '../requests.ts'
import { defineChecks } from '../define-checks.ts'
import { findFormSchema } from '../find-form-schema.ts'
import { similarityOf, transcriptOf } from '../transcript.ts'

const transcribed = judgeStatus({ pass: [200] })

/** What the description says that a field is when it is not sent. */
function defaultOf(name: string, context: Context): string {
  const { properties = {} } = findFormSchema(context)
  return properties[name]?.['default'] as string
}

/** The upload with one field at its documented default. */
const withDefault = (name: string) => (context: Context) =>
  upload(context.clips.short, { [name]: defaultOf(name, context) }, { asIs: true })

/** A transcript with at least one timed chunk. */
const timed: Judge = judgeAll(
  transcribed,
  judgeEach('fail', (exchange) => {
    const transcript = transcriptOf(exchange)
    return transcript?.chunks.length === 0 && 'there is no timed chunk'
  }),
)

/** Every answer is a transcript, with the chunks of the first and much the same text. */
const equal: Judge = (exchanges) => {
  const findings = findBadStatuses(exchanges, { pass: [200] })
  const [first, ...others] = exchanges.map((exchange) => ({ exchange, transcript: transcriptOf(exchange) }))
  if (findings.length || !first?.transcript) return findings
  const { text, chunks } = first.transcript
  return others.flatMap(({ exchange, transcript }): Finding[] => {
    if (!transcript) return []
    if (transcript.chunks.length !== chunks.length)
      return [{ severity: 'fail', message: 'other chunks than without the field', exchange }]
    const isAlike = similarityOf(text, transcript.text) >= 0.6
    return isAlike ? [] : [{ severity: 'fail', message: 'another text than without the field', exchange }]
  })
}

/** The text fields of audio-to-text. */
export const fieldsChecks: Check[] = defineChecks('fields', [
  {
    id: 'FV-01',
    title: 'A form without model_id is transcribed',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: model_id is optional',
    remediation: 'Use a model of your own choice when the caller names none.',
    plan: ({ clips }) => [upload(clips.short, {}, { asIs: true })],
    judge: transcribed,
  },
  {
    id: 'FV-02',
    title: 'The default of model_id, sent, is the same as no model_id',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: default of model_id',
    remediation: 'Treat an empty model_id like a missing one.',
    plan: (context) => [withDefault('model_id')(context)],
    judge: transcribed,
  },
  {
    id: 'FV-03',
    title: 'A model that is not there is answered 400',
    level: 'SHOULD',
    source: 'OpenAPI description, responses: 400',
    remediation: 'Look the model up before anything else is done, and answer 400 when it is not there.',
    plan: ({ clips }) => [refusedUpload(clips.short, { model_id: 'conformance/no-such-model' })],
    judge: judgeStatus({ pass: [400], warn: [404, 422] }),
  },
  {
    id: 'FV-04',
    title: 'A model_id that is no name of a model is refused',
    level: 'SHOULD',
    source: 'OpenAPI description, responses: 400; CWE-20',
    remediation: 'Compare model_id with the names of the models there are, and use it for nothing else.',
    plan: ({ clips }) =>
      ['x'.repeat(10_240), '../../../models/模型'].map((model_id) => refusedUpload(clips.short, { model_id })),
    judge: judgeStatus({ pass: [400, 413, 422], warn: [404, 200] }),
  },
  {
    id: 'FV-05',
    title: 'return_timestamps is sentence unless it is sent, and true is the same',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: return_timestamps',
    remediation: 'Take true, sentence and no return_timestamps for the same.',
    plan: (context) => [
      upload(context.clips.short),
      upload(context.clips.short, { return_timestamps: defaultOf('return_timestamps', context) }),
      upload(context.clips.short, { return_timestamps: 'sentence' }),
    ],
    judge: judgeAll(timed, equal),
  },
  {
    id: 'FV-06',
    title: 'return_timestamps=word gives timed chunks',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: return_timestamps',
    remediation: 'Time each word; a model that cannot do so is not one for this operation.',
    plan: ({ clips }) => [upload(clips.short, { return_timestamps: 'word' })],
    judge: timed,
  },
  {
    id: 'FV-07',
    title: 'return_timestamps=false gives a text and no chunks',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: return_timestamps; TextResponse: chunks is required',
    remediation: 'Answer with "chunks": [] when no timestamps are asked for.',
    plan: ({ clips }) => [upload(clips.short, { return_timestamps: 'false' })],
    judge: judgeAll(
      transcribed,
      judgeEach('fail', (exchange) => {
        const { chunks } = (parseJson(exchange) ?? {}) as { chunks?: unknown }
        if (exchange.response?.status !== 200) return false
        if (!Array.isArray(chunks)) return 'chunks is no list'
        return chunks.length > 0 && 'there are timed chunks'
      }),
    ),
  },
  {
    id: 'FV-08',
    title: 'Other spellings of the values of return_timestamps are understood or refused',
    level: 'SHOULD',
    source: 'OpenAPI description, requestBody: return_timestamps',
    remediation: 'Answer 422 for a value that is not documented, unless it is served as what it looks like.',
    plan: ({ clips }) => ['TRUE', '1'].map((value) => upload(clips.short, { return_timestamps: value })),
    judge: judgeStatus({ pass: [200, 400, 422] }),
  },
  {
    id: 'FV-09',
    title: 'A return_timestamps that means nothing is refused',
    level: 'SHOULD',
    source: 'OpenAPI description, requestBody: return_timestamps',
    remediation: 'Answer 422 for a value that is not documented: a misspelt one goes unnoticed otherwise.',
    plan: ({ clips }) => [refusedUpload(clips.short, { return_timestamps: 'banana' })],
    judge: judgeStatus({ pass: [400, 422], warn: [200] }),
  },
  {
    id: 'FV-10',
    title: 'The default of metadata, sent, is the same as no metadata',
    level: 'MUST',
    source: 'OpenAPI description, requestBody: default of metadata',
    remediation: 'Accept an empty JSON object.',
    plan: (context) => [upload(context.clips.short), withDefault('metadata')(context)],
    judge: equal,
  },
  {
    id: 'FV-11',
    title: 'metadata may be any JSON object',
    level: 'SHOULD',
    source: 'OpenAPI description, requestBody: metadata',
    remediation: 'Accept any JSON object, nested ones and letters beyond ASCII included.',
    plan: ({ clips }) => [
      upload(clips.short, { metadata: '{"k":"v","note":{"speaker":"Zoë 🎙","tags":["a",1,null]}}' }),
    ],
    judge: judgeStatus({ pass: [200], warn: [400] }),
  },
  {
    id: 'FV-12',
    title: 'metadata that is no JSON object is refused, and the message says so',
    level: 'SHOULD',
    source: 'OpenAPI description, requestBody: metadata',
    remediation: 'Parse metadata first, and answer 400 or 422 with a message about it.',
    plan: ({ clips }) => ['not json', '[]'].map((metadata) => refusedUpload(clips.short, { metadata })),
    judge: judgeAll(
      judgeStatus({ pass: [400, 422], warn: [200] }),
      judgeEach('warn', ({ response }) => {
        const isRefusal = response?.status === 400 || response?.status === 422
        return isRefusal && !/metadata|json/i.test(response.body.toString()) && 'the message is about something else'
      }),
    ),
  },
  {
    id: 'FV-13',
    title: 'A duration in the metadata that is none is no failure',
    level: 'SHOULD',
    source: 'OpenAPI description, requestBody: metadata; CWE-20',
    remediation: 'Ignore a duration that the caller sends, or answer 422 when it is no positive number.',
    plan: ({ clips }) => ['{"duration":"abc"}', '{"duration":-1}'].map((metadata) => upload(clips.short, { metadata })),
    judge: judgeStatus({ pass: [200, 400, 422] }),
  },
  {
    id: 'FV-14',
    title: 'A duration in the metadata does not shorten the transcript',
    level: 'SHOULD',
    source: 'CWE-807',
    remediation: 'Measure the recording; a duration that the caller sends decides neither the work nor the bill.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, { metadata: '{"duration":0.001}' })],
    judge: (exchanges) => {
      const findings = findBadStatuses(exchanges.slice(1), { pass: [200], warn: [400] })
      const [whole, shortened] = exchanges.map(transcriptOf)
      if (findings.length || !whole || !shortened || similarityOf(whole.text, shortened.text) >= 0.6) return findings
      return [{ severity: 'warn', message: 'the transcript is another one', exchange: exchanges[1]! }]
    },
  },
  {
    id: 'FV-15',
    title: 'A field with a charset of its own is no failure',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.5',
    remediation: 'Ignore the charset of a field, go by it, or answer 4xx.',
    plan: () => [refusedForm([{ name: 'return_timestamps', value: 'true', type: 'text/plain; charset=utf-16' }])],
    judge: judgeStatus({ pass: ['4xx'] }),
  },
])
