import { accept, after, chunks, has, isTranscript, refuse, refusal, status } from '../changes.ts'
import type { Defect } from '../defect.ts'
import { audio, type Upload } from '../upload.ts'

const bytes = (upload: Upload) => audio(upload)?.content ?? Buffer.alloc(0)
const magic = (upload: Upload, offset: number, text: string) =>
  bytes(upload).toString('latin1', offset, offset + text.length) === text

/** Containers, by their first bytes. */
const is = {
  wav: (upload: Upload) => magic(upload, 0, 'RIFF'),
  mp3: (upload: Upload) =>
    magic(upload, 0, 'ID3') || /^\xFF[\xFB\xF3\xF2]/.test(bytes(upload).toString('latin1', 0, 2)),
  flac: (upload: Upload) => magic(upload, 0, 'fLaC'),
  mp4: (upload: Upload) => magic(upload, 4, 'ftyp'),
  webm: (upload: Upload) => magic(upload, 0, '\x1A\x45\xDF\xA3'),
  ogg: (upload: Upload) => magic(upload, 0, 'OggS'),
}
const wavHeader = (upload: Upload) => (is.wav(upload) && bytes(upload).length >= 44 ? bytes(upload) : undefined)
const isNamed = (upload: Upload, extension: RegExp) => extension.test(audio(upload)?.filename ?? '')

export const media: Defect[] = [
  {
    name: 'wav-400',
    summary: 'Every WAV file is answered 400.',
    checks: ['MD-01'],
    around: refuse(is.wav, 400, 'audio duration calculation failed'),
  },
  {
    name: 'stereo-415',
    summary: 'A WAV file of more than one channel is answered 415.',
    checks: ['MD-02'],
    around: refuse((upload) => (wavHeader(upload)?.readUInt16LE(22) ?? 1) > 1, 415),
  },
  {
    name: 'mp3-415',
    summary: 'Every MP3 file is answered 415.',
    checks: ['MD-03'],
    around: refuse(is.mp3, 415),
  },
  {
    name: 'flac-415',
    summary: 'Every FLAC file is answered 415.',
    checks: ['MD-04'],
    around: refuse(is.flac, 415),
  },
  {
    name: 'webm-415',
    summary: 'Every WebM file is answered 415.',
    checks: ['MD-06'],
    around: refuse(is.webm, 415),
  },
  {
    name: 'ogg-500',
    summary: 'Every Ogg file is answered 500.',
    checks: ['MD-08'],
    around: refuse(is.ogg, 500),
  },
  {
    name: 'name-against-content-500',
    summary: 'A WAV file whose name says otherwise is answered 500.',
    checks: ['MD-09'],
    around: refuse((upload) => is.wav(upload) && isNamed(upload, /\.(mp3|flac|m4a|webm|ogg)$/), 500),
  },
  {
    name: 'name-decides',
    summary: 'Whatever is named .wav is taken for a recording, and answered 200.',
    checks: ['MD-10'],
    around: after(
      ({ response, upload }) => response.status === 415 && isNamed(upload, /\.wav$/),
      () => Response.json({ text: '', chunks: [] }),
    ),
  },
  {
    name: 'not-audio-200',
    summary: 'What is no recording is answered 200 with an empty transcript.',
    checks: ['MD-10'],
    around: accept((upload, { response }) => response.status === 415 && audio(upload) !== undefined),
  },
  {
    name: 'not-audio-400',
    summary: 'What is no recording is answered 400.',
    checks: ['MD-10'],
    around: status(({ response, upload }) => response.status === 415 && audio(upload) !== undefined, 400),
  },
  {
    name: 'not-audio-500',
    summary: 'What is no recording is answered 500.',
    checks: ['MD-10', 'ER-07'],
    around: status(({ response, upload }) => response.status === 415 && audio(upload) !== undefined, 500),
  },
  {
    name: 'lying-size-500',
    summary: 'A WAV file that is shorter than its header says is answered 500.',
    checks: ['MD-11'],
    around: refuse((upload) => (wavHeader(upload)?.readUInt32LE(4) ?? 0) + 8 > bytes(upload).length, 500),
  },
  {
    name: 'header-only-500',
    summary: 'A WAV file of a header alone is answered 500.',
    checks: ['MD-11'],
    around: refuse((upload) => is.wav(upload) && bytes(upload).length <= 44, 500),
  },
  {
    name: 'short-clip-400',
    summary: 'A WAV file of less than a second is answered 400.',
    checks: ['MD-12'],
    around: refuse((upload) => {
      const header = wavHeader(upload)
      return header !== undefined && (header.length - 44) / header.readUInt32LE(28) < 1
    }, 400),
  },
  {
    name: 'silence-null-chunks',
    summary: 'A recording without speech is answered with chunks that are null.',
    checks: ['MD-13', 'RS-02'],
    around: chunks((all, { upload }) => (all.length || /\r\nfalse\r\n/.test(upload.text) ? all : null)),
  },
  {
    name: 'silence-500',
    summary: 'A recording without speech is answered 500.',
    checks: ['MD-13'],
    around: after(isTranscript, async ({ response }) => {
      const body = await response.text()
      return (JSON.parse(body) as { text: string }).text === ''
        ? refusal(500, 'Nothing was said.')
        : new Response(body, response)
    }),
  },
  {
    name: 'mp4-without-sound-500',
    summary: 'An MP4 file without a sound track is answered 500.',
    checks: ['MD-14'],
    around: status((seen) => has(415)(seen) && is.mp4(seen.upload), 500),
  },
]
