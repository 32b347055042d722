import { commonContainers, type Clip, type Clips } from '../../../audio/clips.ts'
import { amplify, concatenate, resample, silence } from '../../../audio/wav.ts'
import type { Check, Finding } from '../../../check.ts'
import type { Exchange } from '../../../exchange.ts'
import type { RequestPlan } from '../../../request-plan.ts'
import { defineChecks, type CheckRow } from '../../define-checks.ts'
import { exchangeAt, findBadStatuses, judgeEach, type Judge } from '../../judgements.ts'
import { upload } from '../../requests.ts'
import { planSimultaneous } from '../../simultaneous.ts'
import {
  matchWords,
  similarityOf,
  transcriptOf,
  wordErrorRateOf,
  wordsOf,
  type Chunk,
  type Transcript,
} from '../../transcript.ts'

const uploadTimed = (clips: Clips, by: string): RequestPlan => upload(clips.short, { return_timestamps: by })

/** Plans timestamps by sentence and by word. Other checks send both requests as well. */
const planBothTimings: CheckRow['plan'] = ({ clips }) => [upload(clips.short), uploadTimed(clips, 'word')]

/** Plans both kinds of timestamps, sentences and containers. Other checks send all of them. */
const planTimed: CheckRow['plan'] = (context) => [
  ...planBothTimings(context),
  ...planSimultaneous(context),
  ...commonContainers.map((name) => upload(context.clips.containers[name])),
]

/** Returns a judge of each transcript. Other checks report a missing transcript. */
const judgeEachTranscript = (
  severity: Finding['severity'],
  look: (transcript: Transcript, exchange: Exchange) => string | false | undefined,
): Judge =>
  judgeEach(severity, (exchange) => {
    const transcript = transcriptOf(exchange)
    return transcript && look(transcript, exchange)
  })

/** Returns a judge of the transcripts of a recording and of a variant of it. */
const compareTranscripts =
  (
    severity: Finding['severity'],
    look: (plain: Transcript, changed: Transcript, exchanges: readonly Exchange[]) => string | false,
  ): Judge =>
  (exchanges) => {
    const [plain, changed] = exchanges.map(transcriptOf)
    if (!plain) return [{ severity: 'skip', message: 'there is no transcript to compare with' }]
    if (!changed) return findBadStatuses(exchanges.slice(1), { pass: [200], note: [415], warn: ['4xx'] })
    const message = look(plain, changed, exchanges)
    return message ? [{ severity, message, exchange: exchangeAt(exchanges, 1) }] : []
  }

/** Returns a comparison that requires a similarity of at least `least`. */
const requireSimilarity = (least: number) => (plain: Transcript, changed: Transcript) =>
  similarityOf(plain.text, changed.text) < least && 'saw another transcript, expected that of the first request'

/** Returns each chunk with the one before it. */
function neighborsOf(chunks: readonly Chunk[]): { before: Chunk; after: Chunk }[] {
  const [first, ...others] = chunks
  let before = first
  return others.flatMap((after) => {
    const pair = before ? [{ before, after }] : []
    before = after
    return pair
  })
}

/** Returns the length in seconds of the recording that was sent. */
const secondsOf = ({ request }: Exchange) => request.plan.seconds

const isBackwards = ({ chunks }: Transcript) =>
  neighborsOf(chunks).some(({ before, after }) => after.start < before.start)

/** Returns the end of the last chunk. An open one lasts until the end of the recording. */
const lastEndOf = ({ chunks }: Transcript, exchange: Exchange) => chunks.at(-1)?.end ?? secondsOf(exchange)

const startsAnew = ({ chunks }: Transcript) =>
  chunks.length > 2 && chunks.every(({ start }) => start === chunks[0]?.start)

/** Repeats the sentences until the clip is longer than the window of a model. */
function longClip({ sounds, sentences, encode }: Clips): Clip {
  const rounds = Math.ceil(34 / sentences.reduce((sum, { seconds }) => sum + seconds + 0.7, 0))
  const round = sounds.sentences.flatMap((sound) => [sound, silence(0.7)])
  const words = sentences.map((clip) => clip.words ?? '').join(' ')
  return encode(concatenate(silence(0), ...Array.from({ length: rounds }, () => round).flat()), 'long', {
    words: Array.from({ length: rounds }, () => words).join(' '),
  })
}

/** Judges the transcripts of a sentence and of the sentence twice. */
const judgeRepeated = compareTranscripts('fail', (once, twice, exchanges) => {
  const [few, many] = [wordsOf(once.text).length, wordsOf(twice.text).length]
  if (few > 0 && Math.abs(many - 2 * few) > 0.5 * few) return 'saw another number of words, expected twice as many'
  const isTimed = once.chunks.length > 0 && twice.chunks.length > 0
  const isCut = isTimed && lastEndOf(twice, exchangeAt(exchanges, 1)) < 1.5 * lastEndOf(once, exchangeAt(exchanges, 0))
  if (isCut) return 'saw times for the first half only, expected times for both'
  const distance = secondsOf(exchangeAt(exchanges, 0)) + pauseSeconds
  const shift = findShift(twice.chunks)
  const isScaled = shift !== undefined && Math.abs(shift - distance) > 0.13 * distance
  return isScaled && `saw the repetition too early or too late, expected it after ${distance.toFixed(1)} s`
})

/** Returns the median time from a word to its repetition; undefined for fewer than two words. */
function findShift(chunks: readonly Chunk[]): number | undefined {
  const middle = chunks.length / 2
  if (chunks.length < 4 || chunks.length % 2) return undefined
  const shifts = chunks.slice(middle).map(({ start }, index) => start - (chunks[index]?.start ?? 0))
  return shifts.toSorted((one, other) => one - other)[Math.floor(middle / 2)]
}

/** Silence between the two sentences of SE-11. */
const pauseSeconds = 0.7

/** Silence before the speech of SE-10. */
const leadSeconds = 2

/** Checks of the transcript. Wrong data fails a run; mere mistakes of a model do not. */
export const speechChecks: Check[] = defineChecks(
  'speech',
  [
    {
      id: 'SE-01',
      title: 'Clearly spoken words are recognized',
      harm: 'quality',
      source: 'OpenAPI description, TextResponse.text',
      remediation: 'Listen to the input of the model: a wrong sample rate or byte order sounds like another language.',
      plan: ({ clips }) => [upload(clips.sentence)],
      judge: (exchanges, context) =>
        judgeEachTranscript(
          'warn',
          ({ text }) =>
            wordErrorRateOf(context.clips.sentence.words ?? '', text) > 0.35 &&
            'saw mostly wrong words, expected the spoken words',
        )(exchanges, context),
    },
    {
      id: 'SE-02',
      title: 'Chunks are in the order of speech',
      harm: 'wrong-data',
      source: 'OpenAPI description, TextResponse.chunks: in order',
      remediation: 'Sort the chunks by their start; add the offset of the window when joining windows.',
      plan: planTimed,
      judge: judgeEachTranscript('fail', (transcript) => {
        if (isBackwards(transcript)) return 'saw a chunk that starts before its predecessor'
        return startsAnew(transcript) && 'saw chunks that all start at the same time, expected increasing times'
      }),
    },
    {
      id: 'SE-03',
      title: 'Chunks lie within the recording and end after they start',
      harm: 'wrong-data',
      source: 'OpenAPI description, Chunk.timestamp: seconds from the beginning of the recording',
      remediation: 'Send seconds from the beginning of the recording, and cut them at its end.',
      plan: planTimed,
      judge: judgeEachTranscript('fail', ({ chunks }, exchange) => {
        if (chunks.some(({ start }) => start < 0)) return 'saw a chunk that starts before the recording'
        if (chunks.some(({ start, end = start }) => end < start)) return 'saw a chunk that ends before it starts'
        const instants = chunks.filter(({ start, end }) => end === start)
        if (instants.length > chunks.length / 2) return 'saw chunks that end when they start, expected their lengths'
        const isBeyond = chunks.some(({ start, end = start }) => end > secondsOf(exchange) + 1)
        return isBeyond && 'saw a chunk that ends after the recording'
      }),
    },
    {
      id: 'SE-04',
      title: 'Chunks do not overlap',
      harm: 'wrong-data',
      source: 'OpenAPI description, TextResponse.chunks',
      remediation: 'End a chunk where the next one begins, or earlier.',
      plan: planTimed,
      judge: judgeEachTranscript('fail', ({ chunks }) => {
        const isOverlapping = neighborsOf(chunks).some(({ before: { end = 0 }, after }) => end - after.start > 0.5)
        return isOverlapping && 'saw chunks that overlap by more than 0.5 s'
      }),
    },
    {
      id: 'SE-05',
      title: 'The chunks hold the whole text',
      harm: 'wrong-data',
      source: 'OpenAPI description, TextResponse.chunks: the transcript in timed chunks',
      remediation: 'Derive the text from the chunks, or the chunks from the text.',
      plan: planTimed,
      judge: judgeEachTranscript('fail', ({ text, chunks }) => {
        const joined = chunks.map((chunk) => chunk.text).join(' ')
        const isDifferent = chunks.length > 0 && wordsOf(joined).join('') !== wordsOf(text).join('')
        return isDifferent && 'saw chunks with other words than the text, expected the same words'
      }),
    },
    {
      id: 'SE-06',
      title: 'Timestamps by word are finer than by sentence, and no finer than words',
      harm: 'wrong-data',
      source: 'OpenAPI description, requestBody: return_timestamps',
      remediation: 'Pass return_timestamps to the model.',
      plan: planBothTimings,
      judge: compareTranscripts('fail', (bySentence, byWord) => {
        const words = wordsOf(byWord.text).length
        if (words > 1 && byWord.chunks.length > 2 * words) return 'saw pieces of words, expected a chunk for each word'
        const isCoarse = wordsOf(bySentence.text).length > 1 && byWord.chunks.length <= bySentence.chunks.length
        return isCoarse && 'saw no more chunks by word than by sentence, expected more'
      }),
    },
    {
      id: 'SE-07',
      title: 'Timestamps by word give one chunk per word',
      harm: 'quality',
      source: 'OpenAPI description, requestBody: return_timestamps',
      remediation: 'Split chunks at spaces instead of at the tokens of the model.',
      plan: ({ clips }) => [uploadTimed(clips, 'word')],
      judge: judgeEachTranscript('warn', ({ text, chunks }) => {
        const isLong = chunks.some((chunk) => chunk.text.trim().split(/\s+/).length > 1)
        if (isLong) return 'saw a chunk with several words, expected one word'
        const words = text.trim().split(/\s+/).filter(Boolean).length
        const isUneven = chunks.length > 0 && Math.abs(chunks.length - words) > 0.2 * words
        return isUneven && 'saw another number of chunks, expected one for each word'
      }),
    },
    {
      id: 'SE-08',
      title: 'The text is the same without timestamps',
      harm: 'wrong-data',
      source: 'OpenAPI description, requestBody: return_timestamps',
      remediation: 'Let return_timestamps affect the chunks only.',
      plan: ({ clips }) => [upload(clips.short), uploadTimed(clips, 'false')],
      judge: compareTranscripts('fail', requireSimilarity(0.6)),
    },
    {
      id: 'SE-09',
      title: 'The text is the same from a lossless container',
      harm: 'wrong-data',
      source: 'FLAC (RFC 9639) holds the same samples',
      remediation: 'Decode every container to the sample rate of the model.',
      plan: ({ clips: { containers } }) => [upload(containers.wav), upload(containers.flac)],
      judge: compareTranscripts('fail', requireSimilarity(0.6)),
    },
    {
      id: 'SE-10',
      title: 'Times count from the beginning of the recording, including silence',
      harm: 'wrong-data',
      source: 'OpenAPI description, Chunk.timestamp: seconds from the beginning of the recording',
      remediation: 'Add the start of each stretch of speech to the times in it.',
      plan: ({ clips }) => [
        uploadTimed(clips, 'word'),
        upload(clips.encode(concatenate(silence(leadSeconds), clips.sounds.short), 'late'), {
          return_timestamps: 'word',
        }),
      ],
      judge: compareTranscripts('fail', ({ chunks: plain }, { chunks: late }) => {
        // A model may stretch the first word over the silence.
        const [before, after] = [plain.at(-1), late.at(-1)]
        const shift = before && after ? after.start - before.start : leadSeconds
        return (
          Math.abs(shift - leadSeconds) > 0.7 &&
          `saw times without the ${leadSeconds} s of silence before the speech, expected them included`
        )
      }),
    },
    {
      id: 'SE-11',
      title: 'Repeated speech is transcribed twice',
      harm: 'wrong-data',
      source: 'OpenAPI description, TextResponse.text: the whole transcript',
      remediation: 'Transcribe all windows of the recording instead of the first one only.',
      plan: (context) => {
        const { sounds, encode } = context.clips
        const twice = encode(concatenate(sounds.sentence, silence(pauseSeconds), sounds.sentence), 'twice')
        return [upload(twice, { return_timestamps: 'word' }), ...planSimultaneous(context)]
      },
      judge: ([twiceExchange, onceExchange], context) =>
        twiceExchange && onceExchange ? judgeRepeated([onceExchange, twiceExchange], context) : [],
    },
    {
      id: 'SE-12',
      title: 'Soft speech over a telephone is recognized',
      harm: 'none',
      source: 'none; for information',
      remediation: 'Normalize the level before the model.',
      plan: ({ clips }) => [
        upload(clips.sentence),
        upload(clips.encode(resample(amplify(clips.sounds.sentence, -20), 8000), 'telephone')),
      ],
      judge: compareTranscripts('info', requireSimilarity(0.7)),
    },
    {
      id: 'SE-13',
      title: 'Silence gives no sentence',
      harm: 'none',
      source: 'OpenAPI description, TextResponse.text',
      remediation: 'Detect speech before the model: models invent sentences in silence.',
      plan: ({ clips }) => [upload(clips.encode(silence(1), 'silence'))],
      judge: judgeEachTranscript(
        'warn',
        ({ text }) => wordsOf(text).length > 5 && 'saw a sentence in silence, expected five words at most',
      ),
    },
    {
      id: 'SE-14',
      title: 'A recording of more than 30 seconds is transcribed without gaps and repetitions',
      harm: 'wrong-data',
      profiles: ['long'],
      source: 'OpenAPI description, TextResponse.text: the whole transcript',
      remediation: 'Check how the windows of the model are joined.',
      plan: ({ clips }) => [upload(longClip(clips))],
      judge: (exchanges, { clips }) => {
        const { words = '' } = longClip(clips)
        return exchanges.flatMap((exchange): Finding[] => {
          const transcript = transcriptOf(exchange)
          if (!transcript) return []
          const loss = isBackwards(transcript)
            ? 'saw a chunk that starts before its predecessor'
            : findLoss(words, transcript.text)
          if (loss) return [{ severity: 'fail', message: loss, exchange }]
          const message = 'saw missing or repeated words, expected the spoken words'
          return similarityOf(words, transcript.text) < 0.7 ? [{ severity: 'warn', message, exchange }] : []
        })
      },
    },
    {
      id: 'SE-15',
      title: 'Different recordings get different transcripts',
      harm: 'wrong-data',
      source: 'OpenAPI description, TextResponse.text',
      remediation: 'Look for a constant, a cache with too small a key, or a model that does not get the upload.',
      plan: planSimultaneous,
      judge: (exchanges) => {
        const texts = exchanges.map((exchange) => transcriptOf(exchange)?.text)
        return exchanges.flatMap((exchange, index): Finding[] => {
          const isRepeated = texts[index] !== undefined && texts.indexOf(texts[index]) < index
          const message = 'saw the transcript of another recording, expected another one'
          return isRepeated ? [{ severity: 'fail', message, exchange }] : []
        })
      },
    },
    {
      id: 'SE-16',
      title: 'A transcript holds the spoken words, and holds them once',
      harm: 'wrong-data',
      source: 'OpenAPI description, TextResponse.text',
      remediation: 'Look at how the texts of windows are joined, and at limits of the number of tokens.',
      plan: planSimultaneous,
      judge: (exchanges, { clips: { sentences } }) => {
        const heard = exchanges.flatMap((exchange, index): Heard[] => {
          const transcript = transcriptOf(exchange)
          return transcript ? [{ exchange, spoken: sentences[index]?.words ?? '', text: transcript.text }] : []
        })
        const losses = heard.flatMap(({ exchange, spoken, text }): Finding[] => {
          const message = findLoss(spoken, text)
          return message ? [{ severity: 'fail', message, exchange }] : []
        })
        const message = losses.length === 0 && heard.length > 2 && findCommonLoss(heard)
        return message ? [{ severity: 'fail', message, exchange: exchangeAt(exchanges, 0) }] : losses
      },
    },
  ],
  ['behavior'],
)

/** A sentence, as spoken and as transcribed. */
interface Heard {
  exchange: Exchange
  spoken: string
  text: string
}

/** Complains about what a model cannot do by mistake in each of several sentences. */
function findCommonLoss(heard: readonly Heard[]): string | false {
  const pairs = heard.map(({ spoken, text }) => ({ known: wordsOf(spoken), words: wordsOf(text) }))
  const isUnspaced = pairs.every(({ known, words }) => words.length < known.length / 2)
  if (isUnspaced) return 'saw texts of few, long words, expected the spoken words'
  if (pairs.every(({ known, words }) => matchWords(known, words) < 0.3 * known.length))
    return 'saw hardly any of the spoken words in any recording'
  const lacks = (at: number) => pairs.every(({ known, words }) => !words.includes(known.at(at) ?? ''))
  if (lacks(0)) return 'saw no first word in any recording, expected all spoken words'
  return lacks(-1) && 'saw no last word in any recording, expected all spoken words'
}

/** Complains about text that is missing or doubled, and not about words that are wrong. */
function findLoss(spoken: string, text: string): string | false {
  const [known, words] = [wordsOf(spoken), wordsOf(text)]
  if (words.length === 0) return 'saw no words, expected the spoken words'
  if (/<\|.*\|>/.test(text)) return 'saw tokens of the model in the text, expected words alone'
  const right = matchWords(known, words)
  const isDoubled = words.length > 1.6 * known.length && right >= 0.7 * known.length
  if (isDoubled) return 'saw the spoken words and as many others, expected them once'
  const isCut = right < 0.6 * known.length && right >= 0.7 * words.length
  return isCut && 'saw only a part of the spoken words, expected all of them'
}
