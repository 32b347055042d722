import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Pcm } from '../pcm.ts'
import { mp3Delay } from './mp3-delay.ts'

/** The exports of minimp3 in WebAssembly. Offsets and sizes are in bytes of its memory. */
interface Minimp3 {
  memory: { buffer: ArrayBuffer }
  decoder_init(): void
  decoder_set_mp3_data_size(size: number): void
  decoder_mp3_data_offset(): number
  /** Continues to decode from the last position. */
  decoder_decode(seconds: number): void
  decoder_pcm_data_offset(): number
  decode_results_sampling_rate(): number
  decode_results_num_channels(): number
  /** Samples of all channels together. */
  decode_results_num_samples(): number
}

const secondsPerChunk = 10

/** Decodes MPEG audio, layers I to III. */
export async function* decodeMp3(bytes: Uint8Array): AsyncGenerator<Pcm> {
  const minimp3 = await instantiate()
  minimp3.decoder_init()
  minimp3.decoder_set_mp3_data_size(bytes.length)
  new Uint8Array(minimp3.memory.buffer, minimp3.decoder_mp3_data_offset(), bytes.length).set(bytes)

  let delay = mp3Delay(bytes)
  for (;;) {
    minimp3.decoder_decode(secondsPerChunk)
    const samples = minimp3.decode_results_num_samples()
    const channelCount = minimp3.decode_results_num_channels()
    if (samples === 0 || channelCount === 0) return
    // Memory can grow while decoding, which replaces its buffer.
    const interleaved = new Int16Array(minimp3.memory.buffer, minimp3.decoder_pcm_data_offset(), samples)
    const channels = split(interleaved, channelCount).map((channel) => channel.subarray(delay))
    yield { sampleRate: minimp3.decode_results_sampling_rate(), channels }
    delay = 0
  }
}

function split(interleaved: Int16Array, channelCount: number): Float32Array[] {
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Float32Array(interleaved.length / channelCount)
    for (let frame = 0; frame < samples.length; frame++) {
      samples[frame] = (interleaved[frame * channelCount + channel] ?? 0) / 2 ** 15
    }
    return samples
  })
}

/** The JavaScript of the package fetches the compiled file over HTTP, so only that file is used. */
async function instantiate(): Promise<Minimp3> {
  const file = createRequire(import.meta.url).resolve('minimp3-wasm/dist/decoder.opt.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), {})
  return instance.exports as unknown as Minimp3
}
