import { wavClip, type Clip, type Clips } from '../../audio/clips.ts'
import { amplify, concatenate, decodeWav, resample, silence } from '../../audio/wav.ts'
import type { Check, Finding } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import type { RequestPlan } from '../../request-plan.ts'
import { findBadStatuses, judgeEach, type Judge } from '../judgements.ts'
import { upload } from '../requests.ts'
import { defineChecks, type CheckRow } from '../define-checks.ts'
import { similarityOf, transcriptOf, wordErrorRateOf, wordsOf, type Chunk, type Transcript } from '../transcript.ts'

const sentence = (clips: Clips): Clip => clips.sentence['wav']!
const timed = (clips: Clips, by: string): RequestPlan => upload(clips.short, { return_timestamps: by })

/** By sentence and by word; other checks send both anyhow. */
const bothWays: CheckRow['plan'] = ({ clips }) => [upload(clips.short), timed(clips, 'word')]

/** Judges transcripts one by one; where there is none, other checks have said so. */
const eachTranscript = (
  severity: Finding['severity'],
  look: (transcript: Transcript, exchange: Exchange) => string | false | undefined,
): Judge =>
  judgeEach(severity, (exchange) => {
    const transcript = transcriptOf(exchange)
    return transcript && look(transcript, exchange)
  })

/** Judges the transcripts of a recording and of what was made of it. Without the first there is nothing to compare with. */
const compared =
  (severity: Finding['severity'], look: (plain: Transcript, changed: Transcript) => string | false): Judge =>
  (exchanges) => {
    const [plain, changed] = exchanges.map(transcriptOf)
    if (!plain) return [{ severity: 'skip', message: 'there is no transcript to compare with' }]
    if (!changed) return findBadStatuses(exchanges.slice(1), { pass: [200], note: [415], warn: ['4xx'] })
    const message = look(plain, changed)
    return message ? [{ severity, message, exchange: exchanges[1]! }] : []
  }

const alike = (least: number) => (plain: Transcript, changed: Transcript) =>
  similarityOf(plain.text, changed.text) < least && 'the transcript is another one'

const neighbours = (chunks: readonly Chunk[]) => chunks.slice(1).map((chunk, index) => [chunks[index]!, chunk] as const)

/** Length in seconds of the recording that was sent. */
const secondsOf = ({ request }: Exchange) => request.plan.seconds

const isBackwards = ({ chunks }: Transcript) => neighbours(chunks).some(([before, after]) => after.start < before.start)

const lastEnd = ({ chunks }: Transcript) => chunks.at(-1)?.end ?? chunks.at(-1)?.start ?? 0

/** What the sentences say when one follows the other until they are longer than a model sees at once. */
const longClip = ({ sentences }: Clips): Clip => {
  const pause = silence(0.7)
  const [sounds, words] = [sentences.map(soundOf), sentences.map((clip) => clip.words ?? '')]
  const rounds = Math.ceil(34 / sentences.reduce((sum, { seconds }) => sum + seconds + 0.7, 0))
  const all = Array.from({ length: rounds }, () => sounds.flatMap((sound) => [sound, pause])).flat()
  return wavClip(concatenate(...all), 'long.wav', Array.from({ length: rounds }, () => words.join(' ')).join(' '))
}

const soundOf = ({ bytes }: Clip) => decodeWav(bytes)

/** What is heard. Models differ, and so do their mistakes: nothing here is fatal. */
export const speechChecks: Check[] = defineChecks(
  'speech',
  (
    [
      {
        id: 'SE-01',
        title: 'Clearly spoken words are understood',
        level: 'SHOULD',
        source: 'OpenAPI description, TextResponse.text',
        remediation: 'Listen to what the model gets: a wrong sample rate or byte order sounds like another language.',
        plan: ({ clips }) => [upload(sentence(clips))],
        judge: (exchanges, context) =>
          eachTranscript(
            'warn',
            ({ text }) =>
              wordErrorRateOf(sentence(context.clips).words ?? '', text) > 0.35 && 'most of the words are wrong',
          )(exchanges, context),
      },
      {
        id: 'SE-02',
        title: 'Chunks come in the order in which they were said',
        level: 'SHOULD',
        source: 'OpenAPI description, TextResponse.chunks: in order',
        remediation: 'Sort the chunks by their start; where windows are joined, add the offset of the window.',
        plan: bothWays,
        judge: eachTranscript(
          'warn',
          (transcript) => isBackwards(transcript) && 'a chunk starts before the one before it',
        ),
      },
      {
        id: 'SE-03',
        title: 'Chunks lie within the recording, and end after they start',
        level: 'SHOULD',
        source: 'OpenAPI description, Chunk.timestamp: seconds from the beginning of the recording',
        remediation: 'Answer seconds from the beginning of the recording, and cut them at its end.',
        plan: bothWays,
        judge: eachTranscript('warn', ({ chunks }, exchange) => {
          if (chunks.some(({ start }) => start < 0)) return 'a chunk starts before the recording'
          if (chunks.some(({ start, end = start }) => end < start)) return 'a chunk ends before it starts'
          const isInstant = chunks.length > 1 && chunks.every(({ start, end = 1 }) => start === 0 && end === 0)
          if (isInstant) return 'all times are zero'
          const isBeyond = chunks.some(({ start, end = start }) => end > secondsOf(exchange) + 1)
          return isBeyond && 'a chunk ends after the recording'
        }),
      },
      {
        id: 'SE-04',
        title: 'Chunks do not overlap',
        level: 'SHOULD',
        source: 'OpenAPI description, TextResponse.chunks',
        remediation: 'Let a chunk end where the next one begins, at the latest.',
        // Half a second is a lot of the short clip.
        plan: ({ clips }) => [upload(clips.short), upload(clips.sentence['wav']!, { return_timestamps: 'word' })],
        judge: eachTranscript('warn', ({ chunks }) => {
          const overlaps = neighbours(chunks).some(([{ end = 0 }, { start }]) => end - start > 0.5)
          return overlaps && 'chunks overlap by more than half a second'
        }),
      },
      {
        id: 'SE-05',
        title: 'The chunks hold the whole text',
        level: 'SHOULD',
        source: 'OpenAPI description, TextResponse.chunks: the transcript in timed chunks',
        remediation: 'Make text of the chunks, or chunks of the text, from one result.',
        plan: bothWays,
        judge: eachTranscript('warn', ({ text, chunks }) => {
          const joined = chunks.map((chunk) => chunk.text).join(' ')
          return chunks.length > 0 && wordsOf(joined).join('') !== wordsOf(text).join('') && 'text and chunks differ'
        }),
      },
      {
        id: 'SE-06',
        title: 'Words are timed more finely than sentences',
        level: 'SHOULD',
        source: 'OpenAPI description, requestBody: return_timestamps',
        remediation: 'Pass return_timestamps on to the model.',
        plan: bothWays,
        judge: compared(
          'warn',
          (bySentence, byWord) =>
            wordsOf(bySentence.text).length > 1 &&
            byWord.chunks.length <= bySentence.chunks.length &&
            'no more chunks by word than by sentence',
        ),
      },
      {
        id: 'SE-07',
        title: 'Timed by word, each chunk is one word',
        level: 'SHOULD',
        source: 'OpenAPI description, requestBody: return_timestamps',
        remediation: 'Cut chunks at blanks, not at the tokens of the model.',
        plan: ({ clips }) => [timed(clips, 'word')],
        judge: eachTranscript('warn', ({ text, chunks }) => {
          if (chunks.some((chunk) => chunk.text.trim().split(/\s+/).length > 1)) return 'a chunk holds several words'
          const words = text.trim().split(/\s+/).filter(Boolean).length
          return (
            chunks.length > 0 && Math.abs(chunks.length - words) > 0.2 * words && 'as many chunks as words are owed'
          )
        }),
      },
      {
        id: 'SE-08',
        title: 'The text is the same without timestamps',
        level: 'SHOULD',
        source: 'OpenAPI description, requestBody: return_timestamps',
        remediation: 'Let return_timestamps decide the chunks alone.',
        plan: ({ clips }) => [upload(clips.short), timed(clips, 'false')],
        judge: compared('warn', alike(0.8)),
      },
      {
        id: 'SE-09',
        title: 'The text is the same from a lossless container',
        level: 'SHOULD',
        source: 'FLAC (RFC 9639) holds the same samples',
        remediation: 'Decode to the rate of the model, whatever the container is.',
        plan: ({ clips }) => [upload(sentence(clips)), upload(clips.sentence['flac']!)],
        judge: compared('warn', alike(0.8)),
      },
      {
        id: 'SE-10',
        title: 'Times count from the beginning of the recording, silence included',
        level: 'SHOULD',
        source: 'OpenAPI description, Chunk.timestamp: seconds from the beginning of the recording',
        remediation: 'Add the start of a stretch of speech to the times in it.',
        plan: ({ clips }) => [
          timed(clips, 'word'),
          upload(wavClip(concatenate(silence(3), clips.sounds.short), 'late.wav', clips.short.words), {
            return_timestamps: 'word',
          }),
        ],
        judge: compared('warn', ({ chunks: [plain] }, { chunks: [late] }) => {
          const shift = plain && late ? late.start - plain.start : 3
          return Math.abs(shift - 3) > 1 && 'three seconds of silence before it do not show in the times'
        }),
      },
      {
        id: 'SE-11',
        title: 'What is said twice is heard twice',
        level: 'SHOULD',
        source: 'OpenAPI description, TextResponse.text: the whole transcript',
        remediation: 'Transcribe all windows of the recording, not the first one alone.',
        plan: ({ clips: { sounds, ...clips } }) => [
          upload(sentence({ sounds, ...clips })),
          upload(wavClip(concatenate(sounds.sentence, silence(0.7), sounds.sentence), 'twice.wav')),
        ],
        judge: compared('warn', (once, twice) => {
          const [few, many] = [wordsOf(once.text).length, wordsOf(twice.text).length]
          if (few > 0 && Math.abs(many - 2 * few) > 0.5 * few) return 'not twice as many words'
          const isTimed = once.chunks.length > 0 && twice.chunks.length > 0
          return isTimed && lastEnd(twice) < 1.5 * lastEnd(once) && 'the times end in the first half'
        }),
      },
      {
        id: 'SE-12',
        title: 'Soft speech over a telephone is understood',
        level: 'MAY',
        source: 'none; for information',
        remediation: 'Normalise the level before the model.',
        plan: ({ clips }) => [
          upload(sentence(clips)),
          upload(wavClip(resample(amplify(clips.sounds.sentence, -20), 8000), 'telephone.wav')),
        ],
        judge: compared('info', alike(0.7)),
      },
      {
        id: 'SE-13',
        title: 'In silence nothing is heard',
        level: 'MAY',
        source: 'OpenAPI description, TextResponse.text',
        remediation: 'Look for speech before the model: models make up sentences in silence.',
        plan: () => [upload(wavClip(silence(1), 'silence.wav'))],
        judge: eachTranscript('warn', ({ text }) => wordsOf(text).length > 5 && 'a sentence that nobody said'),
      },
      {
        id: 'SE-14',
        title: 'A recording of more than half a minute loses and repeats nothing',
        level: 'MAY',
        profiles: ['long'],
        source: 'OpenAPI description, TextResponse.text: the whole transcript',
        remediation: 'Look at how the windows of the model are joined.',
        plan: ({ clips }) => [upload(longClip(clips))],
        judge: (exchanges, context) =>
          eachTranscript('warn', (transcript) => {
            if (isBackwards(transcript)) return 'a chunk starts before the one before it'
            const isWhole = similarityOf(longClip(context.clips).words ?? '', transcript.text) >= 0.7
            return !isWhole && 'words are lost or repeated'
          })(exchanges, context),
      },
    ] satisfies Omit<CheckRow, 'stability'>[]
  ).map((row: CheckRow) => ({ ...row, stability: 'experimental' })),
)
