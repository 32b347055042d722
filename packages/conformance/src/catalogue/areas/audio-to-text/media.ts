import { wavClip, type Clip, type ContainerName } from '../../../audio/clips.ts'
import { mp4WithoutTrack, png, wavHeaderOnly } from '../../../audio/files.ts'
import { cutSound, noise, resample, silence } from '../../../audio/wav.ts'
import type { Check, Context } from '../../../check.ts'
import { defineChecks, type CheckRow } from '../../define-checks.ts'
import {
  exchangeAt,
  findBadStatuses,
  judgeAll,
  judgeEachResponse,
  judgeStatus,
  parseJson,
  type AcceptedStatuses,
} from '../../judgements.ts'
import { fieldParts, nonAudioPart, refusedForm, refusedUpload, upload } from '../../requests.ts'
import { similarityOf, transcriptOf } from '../../transcript.ts'

/** The statuses for a container that clients rely on. */
const common: AcceptedStatuses = { pass: [200] }
/** The statuses for a container that a gateway need not support. */
const rare: AcceptedStatuses = { pass: [200], note: [415], warn: [400, 422] }

/** Judges a clip in a container by its transcript in a lossless container. */
const judgeContainer =
  (accepted: AcceptedStatuses): CheckRow['judge'] =>
  (exchanges) => {
    const exchange = exchangeAt(exchanges, 1)
    const findings = findBadStatuses([exchange], accepted)
    const [plain, other] = exchanges.map(transcriptOf)
    if (findings.length || !plain || !other) return findings
    const message =
      similarityOf(plain.text, other.text) < 0.6
        ? 'saw another transcript, expected that of the lossless container'
        : plain.chunks.length > 0 &&
          other.chunks.length === 0 &&
          'saw no timed chunk, expected those of the lossless container'
    return message ? [{ severity: 'fail', message, exchange }] : []
  }

const source = 'OpenAPI description, requestBody: audio; containers that the documentation of the operation lists'

/** Returns the check that a clip is transcribed from a container. */
const defineContainerCheck = (
  id: string,
  container: ContainerName,
  title: string,
  accepted = common,
  changes: Partial<Clip> = {},
): CheckRow => ({
  id,
  title,
  harm: 'quality',
  source,
  remediation: `Decode ${container}, or answer 415 and name the supported containers.`,
  plan: ({ clips }) => [upload(clips.short), upload({ ...clips.containers[container], ...changes })],
  judge: judgeContainer(accepted),
})

const plainWav = ({ clips }: Context): Clip => wavClip(clips.sounds.short, 'short.wav', clips.short.words)

const story = nonAudioPart('Once upon a time there was a text file.\n'.repeat(50), 'story.wav', 'audio/wav')

/** Judges the transcript of a recording without speech. */
const judgeWordless = judgeAll(
  judgeStatus({ pass: [200], warn: ['4xx'] }),
  judgeEachResponse('fail', ({ status }, _, exchange) => {
    const { chunks } = (parseJson(exchange) ?? {}) as { chunks?: unknown }
    return status === 200 && !Array.isArray(chunks) && 'saw chunks that are not a list, expected []'
  }),
)

/** Checks of the content of the file. */
export const mediaChecks: Check[] = defineChecks('media', [
  {
    id: 'MD-01',
    title: 'WAV with 16 bits, one channel and 16 kHz is transcribed',
    harm: 'client-breaks',
    source,
    remediation: 'Decode WAV: every recorder and every speech library can write it.',
    plan: (context) => [upload(plainWav(context))],
    judge: judgeStatus(common),
  },
  {
    id: 'MD-02',
    title: 'WAV with two channels, 44.1 kHz and 24 bits is transcribed',
    harm: 'client-breaks',
    source,
    remediation: 'Mix the channels and resample, for every width of the samples: most recorders write stereo.',
    // Headsets record speech on one channel only.
    plan: ({ clips: { short, sounds } }) => [
      upload(short),
      upload(wavClip(resample(sounds.short, 44_100), 'stereo.wav', undefined, { channels: 2, bits: 24 })),
    ],
    judge: judgeContainer(common),
  },
  { ...defineContainerCheck('MD-03', 'mp3', 'MP3 is transcribed'), harm: 'client-breaks' },
  { ...defineContainerCheck('MD-04', 'flac', 'FLAC is transcribed'), harm: 'client-breaks' },
  defineContainerCheck('MD-05', 'm4a', 'AAC in an M4A file is transcribed', rare),
  { ...defineContainerCheck('MD-06', 'webm', 'Opus in a WebM file is transcribed'), harm: 'client-breaks' },
  {
    ...defineContainerCheck('MD-07', 'm4a', 'An MP4 file declared as video is transcribed', rare, {
      filename: 'clip.mp4',
      type: 'video/mp4',
    }),
    harm: 'none',
  },
  {
    ...defineContainerCheck('MD-08', 'ogg', 'Vorbis and Opus in Ogg are transcribed or called unsupported', rare),
    harm: 'none',
    // Both files begin with the signature of Ogg.
    plan: ({ clips: { containers } }) =>
      [containers.ogg, containers.opus].map((clip) => upload({ ...clip, container: 'ogg' })),
    judge: judgeStatus(rare),
  },
  {
    id: 'MD-09',
    title: 'A file is recognized by its content instead of its name',
    harm: 'quality',
    source: 'RFC 7578, section 4.4',
    remediation: 'Look at the first bytes; the name and the media type of an upload may be wrong.',
    plan: ({ clips: { short, containers } }) => [
      upload({ ...short, filename: 'short.mp3', type: 'audio/mpeg' }),
      upload({ ...containers.mp3, filename: 'short.wav', type: 'audio/wav' }),
    ],
    judge: judgeStatus({ pass: [200, 415], warn: [400, 422] }),
  },
  {
    id: 'MD-10',
    title: 'A file that is not a recording gets 415',
    harm: 'wrong-data',
    profiles: ['smoke'],
    needs: ['behavior'],
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415 if the decoder does not recognize the file.',
    plan: () => [
      refusedForm([story]),
      refusedForm([nonAudioPart(png, 'picture.png', 'image/png')]),
      refusedForm([story, ...fieldParts({ metadata: '{"duration":1}' })]),
    ],
    judge: judgeStatus({ pass: [415], warn: [400, 422] }),
  },
  {
    id: 'MD-11',
    title: 'A truncated recording causes no server error',
    harm: 'client-breaks',
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415 if the file ends before its header says, or transcribe the samples that are there.',
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
    harm: 'client-breaks',
    source: 'OpenAPI description, requestBody: audio',
    remediation: 'Measure in fractions of a second, and answer with an empty text if there is no speech.',
    plan: ({ clips: { sounds, encode } }) => [upload(encode(cutSound(sounds.short, 0, 0.3), 'very-short'))],
    judge: judgeStatus(common),
  },
  {
    id: 'MD-13',
    title: 'Silence gives a transcript',
    harm: 'client-breaks',
    source: 'OpenAPI description, TextResponse',
    remediation: 'Answer 200 with an empty text and "chunks": [] if there is no speech.',
    plan: ({ clips: { encode } }) => [upload(encode(silence(1), 'silence'))],
    judge: judgeWordless,
  },
  {
    id: 'MD-14',
    title: 'A video without sound is rejected',
    harm: 'none',
    source: 'OpenAPI description, responses: 415',
    remediation: 'Answer 415 if no track of the file holds sound.',
    plan: () => [refusedForm([nonAudioPart(mp4WithoutTrack, 'mute.mp4', 'video/mp4')])],
    judge: judgeStatus({ pass: [400, 415, 422], note: [200] }),
  },
  {
    id: 'MD-15',
    title: 'WAV with other sample widths is transcribed',
    harm: 'quality',
    source,
    remediation: 'Convert samples of any width, including floating point.',
    plan: ({ clips: { sounds } }) => [
      upload(wavClip(resample(sounds.short, 48_000), 'float.wav', undefined, { bits: 32 })),
      upload(wavClip(sounds.short, 'eight-bits.wav', undefined, { bits: 8 })),
    ],
    judge: judgeStatus({ pass: [200], warn: [415] }),
  },
  {
    id: 'MD-16',
    title: 'Noise gives a transcript',
    harm: 'quality',
    source: 'OpenAPI description, TextResponse',
    remediation: 'Answer 200 with an empty text and "chunks": [] if there is no speech.',
    plan: ({ clips: { encode } }) => [upload(encode(noise(1), 'noise'))],
    judge: judgeWordless,
  },
])
