import { containerOf, type Container } from '@livepeer-ai/openapi'
import {
  accept,
  changeChunks,
  changeResponse,
  changeStatus,
  changeTranscript,
  errorResponse,
  hasStatus,
  isTranscript,
  refuse,
} from '../change-response.ts'
import type { Defect } from '../defect.ts'
import { audioOf, type Upload } from '../upload.ts'

const bytesOf = (upload: Upload) => audioOf(upload)?.content ?? Buffer.alloc(0)
const isIn = (container: Container) => (upload: Upload) => containerOf(bytesOf(upload)) === container
const isWav = isIn('wav')
const wavHeaderOf = (upload: Upload) => (isWav(upload) && bytesOf(upload).length >= 44 ? bytesOf(upload) : undefined)
const isNamed = (upload: Upload, extension: RegExp) => extension.test(audioOf(upload)?.filename ?? '')

export const media: Defect[] = [
  {
    name: 'wav-400',
    summary: 'Every WAV file is answered with 400.',
    checks: ['MD-01'],
    around: refuse(isWav, 400, 'audio duration calculation failed'),
  },
  {
    name: 'stereo-415',
    summary: 'A WAV file with several channels is answered with 415.',
    checks: ['MD-02'],
    around: refuse((upload) => (wavHeaderOf(upload)?.readUInt16LE(22) ?? 1) > 1, 415),
  },
  {
    name: 'first-channel-only',
    summary: 'Only the first channel of a WAV file with several channels is transcribed.',
    checks: ['MD-02'],
    around: changeTranscript((body, { upload }) =>
      (wavHeaderOf(upload)?.readUInt16LE(22) ?? 1) > 1 ? { text: '', chunks: [] } : body,
    ),
  },
  {
    name: 'mp3-cut',
    summary: 'Only the first word of an MP3 file is transcribed.',
    checks: ['MD-03'],
    around: changeTranscript((body, { upload }) => {
      const [text = ''] = body.text.split(' ')
      return isIn('mp3')(upload) ? { text, chunks: body.chunks.slice(0, 1).map((chunk) => ({ ...chunk, text })) } : body
    }),
  },
  {
    name: 'mp3-untimed',
    summary: 'The transcript of an MP3 file has no chunks.',
    checks: ['MD-03'],
    around: changeTranscript((body, { upload }) => (isIn('mp3')(upload) ? { ...body, chunks: [] } : body)),
  },
  {
    name: 'mp3-415',
    summary: 'Every MP3 file is answered with 415.',
    checks: ['MD-03'],
    around: refuse(isIn('mp3'), 415),
  },
  {
    name: 'flac-415',
    summary: 'Every FLAC file is answered with 415.',
    checks: ['MD-04'],
    around: refuse(isIn('flac'), 415),
  },
  {
    name: 'webm-415',
    summary: 'Every WebM file is answered with 415.',
    checks: ['MD-06'],
    around: refuse(isIn('webm'), 415),
  },
  {
    name: 'ogg-500',
    summary: 'Every Ogg file is answered with 500.',
    checks: ['MD-08'],
    around: refuse(isIn('ogg'), 500),
  },
  {
    name: 'name-against-content-500',
    summary: 'A WAV file with the extension of another format is answered with 500.',
    checks: ['MD-09'],
    around: refuse((upload) => isWav(upload) && isNamed(upload, /\.(mp3|flac|m4a|webm|ogg)$/), 500),
  },
  {
    name: 'name-decides',
    summary: 'Any file named .wav is answered with 200.',
    checks: ['MD-10'],
    around: changeResponse(
      ({ response, upload }) => response.status === 415 && isNamed(upload, /\.wav$/),
      () => Response.json({ text: '', chunks: [] }),
    ),
  },
  {
    name: 'not-audio-200',
    summary: 'A file that is not a recording is answered with 200 and an empty transcript.',
    checks: ['MD-10'],
    around: accept((upload, { response }) => response.status === 415 && audioOf(upload) !== undefined),
  },
  {
    name: 'not-audio-400',
    summary: 'A file that is not a recording is answered with 400.',
    checks: ['MD-10'],
    around: changeStatus(({ response, upload }) => response.status === 415 && audioOf(upload) !== undefined, 400),
  },
  {
    name: 'not-audio-500',
    summary: 'A file that is not a recording is answered with 500.',
    checks: ['MD-10', 'ER-07'],
    around: changeStatus(({ response, upload }) => response.status === 415 && audioOf(upload) !== undefined, 500),
  },
  {
    name: 'lying-size-500',
    summary: 'A WAV file that is shorter than its header states is answered with 500.',
    checks: ['MD-11'],
    around: refuse((upload) => (wavHeaderOf(upload)?.readUInt32LE(4) ?? 0) + 8 > bytesOf(upload).length, 500),
  },
  {
    name: 'header-only-500',
    summary: 'A WAV file without samples is answered with 500.',
    checks: ['MD-11'],
    around: refuse((upload) => isWav(upload) && bytesOf(upload).length <= 44, 500),
  },
  {
    name: 'short-clip-400',
    summary: 'A WAV file of less than a second is answered with 400.',
    checks: ['MD-12'],
    around: refuse((upload) => {
      const header = wavHeaderOf(upload)
      return header !== undefined && (header.length - 44) / header.readUInt32LE(28) < 1
    }, 400),
  },
  {
    name: 'silence-null-chunks',
    summary: 'The transcript of a recording without speech has null for chunks.',
    checks: ['MD-13', 'RS-02'],
    around: changeChunks((all, { upload }) => (all.length || /\r\nfalse\r\n/.test(upload.text) ? all : null)),
  },
  {
    name: 'silence-500',
    summary: 'A recording without speech is answered with 500.',
    checks: ['MD-13'],
    around: changeResponse(isTranscript, async ({ response }) => {
      const body = await response.text()
      return (JSON.parse(body) as { text: string }).text === ''
        ? errorResponse(500, 'Nothing was said.')
        : new Response(body, response)
    }),
  },
  {
    name: 'mp4-without-sound-500',
    summary: 'An MP4 file without a sound track is answered with 500.',
    checks: ['MD-14'],
    around: changeStatus((seen) => hasStatus(415)(seen) && isIn('m4a')(seen.upload), 500),
  },
]
