import type { Check, Context, Finding } from '../../../check.ts'
import { defineChecks } from '../../define-checks.ts'
import { findFormSchema } from '../../find-form-schema.ts'
import {
  exchangeAt,
  findBadStatuses,
  judgeAll,
  judgeEach,
  judgeEachResponse,
  judgeStatus,
  judgeTranscribed,
  parseJson,
  type Judge,
} from '../../judgements.ts'
import { refusedForm, refusedUpload, upload } from '../../requests.ts'
import { planSimultaneous } from '../../simultaneous.ts'
import { similarityOf, transcriptOf, wordsOf } from '../../transcript.ts'

/** Returns the documented default of a field. */
function defaultOf(name: string, context: Context): string {
  const { properties = {} } = findFormSchema(context)
  return properties[name]?.['default'] as string
}

/** Plans the upload with one field at its documented default. */
const uploadWithDefault = (name: string) => (context: Context) =>
  upload(context.clips.short, { [name]: defaultOf(name, context) }, { asIs: true })

/** Passes for a transcript with at least one timed chunk. */
const judgeTimed: Judge = judgeAll(
  judgeTranscribed,
  judgeEach('fail', (exchange) => {
    const transcript = transcriptOf(exchange)
    return transcript?.chunks.length === 0 && 'saw no timed chunk, expected at least one'
  }),
)

/** Passes for transcripts with the number of chunks of the first one and a similar text. */
const judgeEqual: Judge = (exchanges) => {
  const findings = findBadStatuses(exchanges, { pass: [200] })
  const [first, ...others] = exchanges.map((exchange) => ({ exchange, transcript: transcriptOf(exchange) }))
  if (!first?.transcript) return findings
  const { text, chunks } = first.transcript
  // A gateway that refuses one of the values may still be wrong about another.
  const differences = others.flatMap(({ exchange, transcript }): Finding[] => {
    if (!transcript) return []
    if (transcript.chunks.length !== chunks.length)
      return [{ severity: 'fail', message: 'saw other chunks, expected those without the field', exchange }]
    const isAlike = similarityOf(text, transcript.text) >= 0.6
    return isAlike ? [] : [{ severity: 'fail', message: 'saw another text, expected that without the field', exchange }]
  })
  return [...findings, ...differences]
}

/** Checks of the text fields of audio-to-text. */
export const fieldsChecks: Check[] = defineChecks('fields', [
  {
    id: 'FV-01',
    title: 'A form without model_id is transcribed',
    harm: 'client-breaks',
    source: 'OpenAPI description, requestBody: model_id is optional',
    remediation: 'Choose a model if the client names none.',
    plan: ({ clips }) => [upload(clips.short, {}, { asIs: true })],
    judge: judgeAll(
      judgeTranscribed,
      judgeEach('fail', (exchange) => {
        const isEmpty = exchange.response?.status === 200 && !transcriptOf(exchange)
        return isEmpty && 'saw 200 without a transcript, expected one'
      }),
    ),
  },
  {
    id: 'FV-02',
    title: 'The default of model_id has the effect of no model_id',
    harm: 'wrong-data',
    source: 'OpenAPI description, requestBody: default of model_id',
    remediation: 'Treat an empty model_id like a missing one.',
    plan: (context) => [uploadWithDefault('model_id')(context)],
    judge: judgeTranscribed,
  },
  {
    id: 'FV-03',
    title: 'An unknown model gets 400',
    harm: 'quality',
    needs: ['behavior'],
    source: 'OpenAPI description, responses: 400',
    remediation: 'Look up the model before any other work, and answer 400 if it does not exist.',
    plan: ({ clips }) => [refusedUpload(clips.short, { model_id: 'conformance/no-such-model' })],
    judge: judgeStatus({ pass: [400], warn: [404, 422] }),
  },
  {
    id: 'FV-04',
    title: 'A model_id that cannot be a model name is rejected',
    harm: 'quality',
    needs: ['behavior'],
    source: 'OpenAPI description, responses: 400; CWE-20',
    remediation: 'Compare model_id with the names of the available models, and use it for nothing else.',
    plan: ({ clips }) =>
      ['x'.repeat(10_240), '../../../models/模型'].map((model_id) => refusedUpload(clips.short, { model_id })),
    judge: judgeStatus({ pass: [400, 413, 422], warn: [404, 200] }),
  },
  {
    id: 'FV-05',
    title: 'return_timestamps defaults to sentence, and true has the same effect',
    harm: 'wrong-data',
    source: 'OpenAPI description, requestBody: return_timestamps',
    remediation: 'Treat true, sentence and a missing return_timestamps alike.',
    plan: (context) => [
      upload(context.clips.short),
      upload(context.clips.short, { return_timestamps: defaultOf('return_timestamps', context) }),
      upload(context.clips.short, { return_timestamps: 'sentence' }),
    ],
    judge: judgeAll(judgeTimed, judgeEqual),
  },
  {
    id: 'FV-06',
    title: 'return_timestamps=word gives a timed chunk for each word',
    harm: 'wrong-data',
    source: 'OpenAPI description, requestBody: return_timestamps',
    remediation: 'Time each word; a model that cannot time words does not fit this operation.',
    plan: (context) => [upload(context.clips.short, { return_timestamps: 'word' }), ...planSimultaneous(context)],
    judge: judgeAll(
      judgeTimed,
      judgeEach('fail', (exchange) => {
        const { text = '', chunks = [] } = transcriptOf(exchange) ?? {}
        const words = wordsOf(text).length
        const isIgnored = words > 1 && chunks.length > 0 && chunks.length < Math.max(2, words / 2)
        // Some models time a number or a short word together with its neighbor.
        const isLong = chunks.some((chunk) => chunk.text.trim().split(/\s+/).length > 2)
        return (isIgnored || isLong) && 'saw chunks of several words, expected one for each word'
      }),
    ),
  },
  {
    id: 'FV-07',
    title: 'return_timestamps=false gives a text and no chunks',
    harm: 'wrong-data',
    source: 'OpenAPI description, requestBody: return_timestamps; TextResponse: chunks is required',
    remediation: 'Answer with "chunks": [] if no timestamps are requested.',
    plan: ({ clips }) => [upload(clips.short, { return_timestamps: 'false' })],
    judge: judgeAll(
      judgeTranscribed,
      judgeEachResponse('fail', ({ status }, _, exchange) => {
        const { chunks } = (parseJson(exchange) ?? {}) as { chunks?: unknown }
        if (status !== 200) return false
        if (!Array.isArray(chunks)) return 'saw chunks that are not a list, expected []'
        return chunks.length > 0 && 'saw timed chunks, expected []'
      }),
    ),
  },
  {
    id: 'FV-08',
    title: 'Other spellings of return_timestamps values are accepted or rejected',
    harm: 'quality',
    source: 'OpenAPI description, requestBody: return_timestamps',
    remediation: 'Answer 422 for an undocumented value, or treat it as the value that it resembles.',
    plan: ({ clips }) => ['TRUE', '1'].map((value) => upload(clips.short, { return_timestamps: value })),
    judge: judgeStatus({ pass: [200, 400, 422] }),
  },
  {
    id: 'FV-09',
    title: 'An invalid return_timestamps is rejected',
    harm: 'quality',
    needs: ['behavior'],
    source: 'OpenAPI description, requestBody: return_timestamps',
    remediation: 'Answer 422 for an undocumented value: a misspelled one would go unnoticed.',
    plan: ({ clips }) => [refusedUpload(clips.short, { return_timestamps: 'banana' })],
    judge: judgeStatus({ pass: [400, 422], warn: [200] }),
  },
  {
    id: 'FV-10',
    title: 'The default of metadata has the effect of no metadata',
    harm: 'wrong-data',
    source: 'OpenAPI description, requestBody: default of metadata',
    remediation: 'Accept an empty JSON object.',
    plan: (context) => [upload(context.clips.short), uploadWithDefault('metadata')(context)],
    judge: judgeEqual,
  },
  {
    id: 'FV-11',
    title: 'metadata may be any JSON object',
    harm: 'client-breaks',
    source: 'OpenAPI description, requestBody: metadata',
    remediation: 'Accept any JSON object, including nested objects and characters beyond ASCII.',
    plan: ({ clips }) => [
      upload(clips.short, { metadata: '{"k":"v","note":{"speaker":"Zoë 🎙","tags":["a",1,null]}}' }),
    ],
    judge: judgeTranscribed,
  },
  {
    id: 'FV-12',
    title: 'metadata that is not a JSON object is rejected with a message about it',
    harm: 'quality',
    needs: ['behavior'],
    source: 'OpenAPI description, requestBody: metadata',
    remediation: 'Parse metadata first, and answer 400 or 422 with a message about it.',
    plan: ({ clips }) => ['not json', '[]'].map((metadata) => refusedUpload(clips.short, { metadata })),
    judge: judgeAll(
      judgeStatus({ pass: [400, 422], warn: [200] }),
      judgeEachResponse('warn', ({ status, body }) => {
        const isRejected = status === 400 || status === 422
        const isOnTopic = /metadata|json/i.test(body.toString())
        return isRejected && !isOnTopic && 'saw a message about something else, expected one about metadata'
      }),
    ),
  },
  {
    id: 'FV-13',
    title: 'An invalid duration in metadata causes no server error',
    harm: 'quality',
    source: 'OpenAPI description, requestBody: metadata; CWE-20',
    remediation: 'Ignore a duration from the client, or answer 422 if it is not a positive number.',
    plan: ({ clips }) => ['{"duration":"abc"}', '{"duration":-1}'].map((metadata) => upload(clips.short, { metadata })),
    judge: judgeStatus({ pass: [200, 400, 422] }),
  },
  {
    id: 'FV-14',
    title: 'A duration in metadata does not shorten the transcript',
    harm: 'wrong-data',
    source: 'CWE-807',
    remediation: 'Measure the recording; do not let a duration from the client decide the work or the bill.',
    plan: ({ clips }) => [upload(clips.short), upload(clips.short, { metadata: '{"duration":0.001}' })],
    judge: (exchanges) => {
      const findings = findBadStatuses(exchanges.slice(1), { pass: [200], warn: [400] })
      const [whole, shortened] = exchanges.map(transcriptOf)
      if (findings.length || !whole || !shortened || similarityOf(whole.text, shortened.text) >= 0.6) return findings
      const message = 'saw another transcript, expected that without the duration'
      return [{ severity: 'fail', message, exchange: exchangeAt(exchanges, 1) }]
    },
  },
  {
    id: 'FV-15',
    title: 'A field with a charset of its own causes no server error',
    harm: 'quality',
    source: 'RFC 7578, section 4.5',
    remediation: 'Ignore the charset of a field, apply it, or answer 4xx.',
    plan: () => [refusedForm([{ name: 'return_timestamps', value: 'true', type: 'text/plain; charset=utf-16' }])],
    judge: judgeStatus({ pass: ['4xx'] }),
  },
])
