import { wavHeaderOnly, mp4WithoutTrack, png } from '../../audio/files.ts'
import { wavClip, type Clip } from '../../audio/clips.ts'
import { cutSound, noise, resample, silence } from '../../audio/wav.ts'
import type { Check, Context } from '../../check.ts'
import { judgeAll, judgeEach, parseJson, judgeStatus } from '../judgements.ts'
import { fieldParts, nonAudioPart, refusedForm, refusedUpload, upload } from '../requests.ts'
import { defineChecks, type CheckRow } from '../define-checks.ts'

/** A container that every decoder knows: transcribed, or at least called unsupported. */
const common = judgeStatus({ pass: [200], warn: [415] })
/** A container that a gateway may well do without. */
const rare = judgeStatus({ pass: [200], note: [415], warn: [400, 422] })

const published = 'OpenAPI description, requestBody: audio; containers that the documentation of the operation lists'

/** The sentence in a container. */
const container = (
  id: string,
  name: string,
  title: string,
  judge: CheckRow['judge'] = common,
  changes: Partial<Clip> = {},
): CheckRow => ({
  id,
  title,
  level: 'SHOULD',
  source: published,
  remediation: `Decode ${name}, or answer 415 and say which containers are decoded.`,
  plan: ({ clips }) => [upload({ ...clips.sentence[name]!, ...changes })],
  judge,
})

const plainWav = ({ clips }: Context): Clip => wavClip(clips.sounds.short, 'short.wav', clips.short.words)

const story = nonAudioPart('Once upon a time there was a text file.\n'.repeat(50), 'story.wav', 'audio/wav')

/** What is in the file. */
export const mediaChecks: Check[] = defineChecks('media', [
  {
    id: 'MD-01',
    title: 'WAV is transcribed: 16 bits, one channel, 16 kHz',
    level: 'SHOULD',
    source: published,
    remediation: 'Decode WAV: it is what every recorder and every speech library can write.',
    plan: (context) => [upload(plainWav(context))],
    judge: common,
  },
  {
    id: 'MD-02',
    title: 'WAV is transcribed in other widths, rates and numbers of channels',
    level: 'SHOULD',
    source: published,
    remediation: 'Mix the channels and resample, whatever the width of the samples is.',
    plan: ({ clips: { sounds } }) => [
      upload(wavClip(resample(sounds.short, 44_100), 'stereo.wav', undefined, { channels: 2, bits: 24 })),
      upload(wavClip(resample(sounds.short, 48_000), 'float.wav', undefined, { bits: 32 })),
      upload(wavClip(sounds.short, 'eight-bits.wav', undefined, { bits: 8 })),
    ],
    judge: common,
  },
  container('MD-03', 'mp3', 'MP3 is transcribed'),
  container('MD-04', 'flac', 'FLAC is transcribed'),
  container('MD-05', 'm4a', 'AAC in an M4A file is transcribed', rare),
  container('MD-06', 'webm', 'Opus in a WebM file is transcribed'),
  {
    ...container('MD-07', 'm4a', 'An MP4 file that calls itself a video is transcribed', rare, {
      filename: 'clip.mp4',
      type: 'video/mp4',
    }),
    level: 'MAY',
  },
  {
    ...container('MD-08', 'ogg', 'Vorbis and Opus in an Ogg file are transcribed, or called unsupported', rare),
    level: 'MAY',
    // Both are Ogg by their first bytes.
    plan: ({ clips }) => ['ogg', 'opus'].map((name) => upload({ ...clips.sentence[name]!, container: 'ogg' })),
  },
  {
    id: 'MD-09',
    title: 'A file is known by its content, not by its name',
    level: 'SHOULD',
    source: 'RFC 7578, section 4.4',
    remediation: 'Look at the first bytes; name and media type of an upload are what somebody typed.',
    plan: (context) => [
      upload({ ...plainWav(context), filename: 'short.mp3', type: 'audio/mpeg' }),
      upload({ ...context.clips.sentence['mp3']!, filename: 'sentence.wav', type: 'audio/wav' }),
    ],
    judge: judgeStatus({ pass: [200, 415], warn: [400, 422] }),
  },
  {
    id: 'MD-10',
    title: 'A file that is no recording is answered 415',
    level: 'SHOULD',
    critical: true,
    profiles: ['smoke'],
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415 when the decoder does not recognise the file.',
    plan: () => [
      refusedForm([story]),
      refusedForm([nonAudioPart(png, 'picture.png', 'image/png')]),
      refusedForm([story, ...fieldParts({ metadata: '{"duration":1}' })]),
    ],
    judge: judgeStatus({ pass: [415], warn: [400, 422] }),
  },
  {
    id: 'MD-11',
    title: 'A recording that is cut off is no failure',
    level: 'SHOULD',
    critical: true,
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415 when the file ends before its header says, or transcribe what is there.',
    plan: (context) => {
      const { bytes, ...wav } = plainWav(context)
      const half = bytes.subarray(0, bytes.length / 2)
      return [
        refusedUpload({ ...wav, bytes: wavHeaderOnly(), filename: 'header.wav', seconds: 0 }),
        { ...upload({ ...wav, bytes: half, filename: 'half.wav' }), seconds: wav.seconds / 2 },
      ]
    },
    judge: judgeStatus({ pass: [200, 400, 415, 422] }),
  },
  {
    id: 'MD-12',
    title: 'A recording of less than a second is transcribed',
    level: 'SHOULD',
    source: 'OpenAPI description, requestBody: audio',
    remediation: 'Measure in fractions of a second, and answer with an empty text when nothing is said.',
    plan: ({ clips: { sounds } }) => [upload(wavClip(cutSound(sounds.short, 0, 0.3), 'very-short.wav'))],
    judge: judgeStatus({ pass: [200], warn: [400, 415, 422] }),
  },
  {
    id: 'MD-13',
    title: 'Silence and noise are transcripts as well',
    level: 'SHOULD',
    source: 'OpenAPI description, TextResponse',
    remediation: 'Answer 200 with an empty text and "chunks": [] when nothing is said.',
    plan: () => [upload(wavClip(silence(1), 'silence.wav')), upload(wavClip(noise(1), 'noise.wav'))],
    judge: judgeAll(
      judgeStatus({ pass: [200], warn: ['4xx'] }),
      judgeEach('fail', (exchange) => {
        const { chunks } = (parseJson(exchange) ?? {}) as { chunks?: unknown }
        return exchange.response?.status === 200 && !Array.isArray(chunks) && 'chunks is no list'
      }),
    ),
  },
  {
    id: 'MD-14',
    title: 'A video without sound is refused',
    level: 'MAY',
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415 when no track of the file holds sound.',
    plan: () => [refusedForm([nonAudioPart(mp4WithoutTrack, 'mute.mp4', 'video/mp4')])],
    judge: judgeStatus({ pass: [400, 415, 422], note: [200] }),
  },
])
