import type { Segment, TranscribeOptions, TranscriberInput, Transcript } from '../transcriber.ts'
import type { Share } from './fair-queue.ts'
import type { ModelOptions } from './model-options.ts'
import type { Preparation } from './preparation.ts'
import type { RecognizerPool } from './recognizer-pool.ts'

interface Threads {
  preparation: Preparation<ModelOptions>
  pool: RecognizerPool<ModelOptions>
}

/** Transcribes one recording: has it prepared, its pieces recognized, and puts them in order. */
export function transcribeRecording(
  { bytes }: TranscriberInput,
  { preparation, pool }: Threads,
  { words, transfer = false, signal, onPiece }: TranscribeOptions,
): Promise<Transcript> {
  return new Promise((resolve, reject) => {
    const share: Share = { seconds: 0 }
    const pieces: (Segment[] | undefined)[] = []
    let duration: number | undefined
    let missing = 0

    const fail = (error: Error) => {
      signal?.removeEventListener('abort', abort)
      preparation.cancel(job)
      pool.cancel(share)
      reject(error)
    }
    const abort = () => fail(signal?.reason as Error)
    const finishIfComplete = () => {
      if (duration === undefined || missing > 0) return
      signal?.removeEventListener('abort', abort)
      resolve(
        toTranscript(
          pieces.flatMap((segments = []) => segments),
          duration,
          words,
        ),
      )
    }

    const input = transfer ? take(bytes) : Uint8Array.from(bytes)
    const job = preparation.run({
      input,
      outputs: 0,
      onOutput(piece) {
        const index = pieces.push(undefined) - 1
        const begin = performance.now()
        missing++
        pool.add({
          share,
          seconds: piece.end - piece.start,
          piece,
          losses: 0,
          onSegments(segments) {
            pieces[index] = segments
            missing--
            release(piece.samples)
            onPiece?.((performance.now() - begin) / 1000)
            preparation.more(job)
            finishIfComplete()
          },
          onFailure: fail,
        })
      },
      onResult(seconds) {
        duration = seconds
        release(input)
        finishIfComplete()
      },
      onFailure: fail,
    })
    signal?.addEventListener('abort', abort)
  })
}

function toTranscript(segments: Segment[], duration: number, words: boolean): Transcript {
  return {
    text: segments.map(({ text }) => text).join(' '),
    duration,
    language: 'en',
    segments: words ? segments : segments.map(({ start, end, text }) => ({ start, end, text })),
  }
}

/** Frees memory at once instead of at garbage collection. */
function release({ buffer }: Uint8Array | Float32Array): void {
  structuredClone(buffer, { transfer: [buffer as ArrayBuffer] })
}

/** Moves the bytes out of the buffer of the caller. */
function take(bytes: Uint8Array): Uint8Array {
  return structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] })
}
