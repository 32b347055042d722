import type { Piece } from '../model/detection/find-speech.ts'
import { release } from '../release.ts'
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
  threads: Threads,
  options: TranscribeOptions,
): Promise<Transcript> {
  const input = options.transfer ? take(bytes) : Uint8Array.from(bytes)
  return new Promise((resolve, reject) => new Recording(input, threads, options, { resolve, reject }))
}

interface Outcome {
  resolve: (transcript: Transcript) => void
  reject: (error: Error) => void
}

class Recording {
  readonly #bytes: Uint8Array
  readonly #threads: Threads
  readonly #options: TranscribeOptions
  readonly #outcome: Outcome
  readonly #share: Share = { seconds: 0 }
  readonly #job: number
  /** The results of the pieces in order; undefined while a piece is not recognized. */
  readonly #pieces: (Segment[] | undefined)[] = []
  #missing = 0
  /** In seconds; known when all pieces are known. */
  #duration: number | undefined
  #isOver = false

  constructor(bytes: Uint8Array, threads: Threads, options: TranscribeOptions, outcome: Outcome) {
    this.#bytes = bytes
    this.#threads = threads
    this.#options = options
    this.#outcome = outcome
    options.signal?.addEventListener('abort', this.#abort)
    this.#job = threads.preparation.run({
      input: bytes,
      outputs: 0,
      onOutput: (piece) => this.#recognize(piece),
      onResult: (duration) => {
        this.#duration = duration
        release(this.#bytes)
        this.#finishIfComplete()
      },
      onFailure: (error) => this.#fail(error),
    })
  }

  #recognize(piece: Piece): void {
    if (this.#isOver) return
    const index = this.#pieces.push(undefined) - 1
    const begin = performance.now()
    this.#missing++
    this.#threads.pool.add({
      share: this.#share,
      seconds: piece.end - piece.start,
      piece: { ...piece, model: this.#options.model },
      losses: 0,
      onSegments: (segments) => {
        this.#pieces[index] = segments
        this.#missing--
        release(piece.samples)
        this.#options.onPiece?.((performance.now() - begin) / 1000)
        this.#threads.preparation.more(this.#job)
        this.#finishIfComplete()
      },
      onFailure: (error) => this.#fail(error),
    })
  }

  #finishIfComplete(): void {
    if (this.#isOver || this.#duration === undefined || this.#missing > 0) return
    this.#isOver = true
    this.#options.signal?.removeEventListener('abort', this.#abort)
    const segments = this.#pieces.flatMap((piece = []) => piece)
    this.#outcome.resolve({
      text: segments.map(({ text }) => text).join(' '),
      duration: this.#duration,
      language: 'en',
      segments: this.#options.words ? segments : segments.map(({ start, end, text }) => ({ start, end, text })),
    })
  }

  readonly #abort = (): void => this.#fail(this.#options.signal?.reason as Error)

  #fail(error: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#options.signal?.removeEventListener('abort', this.#abort)
    this.#threads.preparation.cancel(this.#job)
    this.#threads.pool.cancel(this.#share)
    this.#outcome.reject(error)
  }
}

/** Moves the bytes out of the buffer of the caller. */
function take(bytes: Uint8Array): Uint8Array {
  return structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] })
}
