import { randomUUID } from 'node:crypto'
import type { StreamedInput } from '../transcriber.ts'

/** The body of a request to an engine, with the time from which its answer is awaited. */
export interface EngineBody {
  body: BodyInit
  headers: Record<string, string>
  /** Resolves when the body is sent; absent for one that is sent at once. */
  sent?: Promise<void> | undefined
}

/**
 * Returns a form whose file is sent while it arrives (RFC 7578). Its fields follow, when they are
 * known.
 */
export function streamForm(input: StreamedInput, fields: Promise<[name: string, value: string][]>): EngineBody {
  const boundary = randomUUID()
  const head = (disposition: string) => `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n`
  let finish!: () => void
  const sent = new Promise<void>((resolve) => (finish = resolve))

  async function* write(): AsyncGenerator<Uint8Array> {
    const { filename = 'audio', mediaType = 'application/octet-stream' } = input
    yield Buffer.from(`${head(`name="file"; filename="${quote(filename)}"`)}Content-Type: ${mediaType}\r\n\r\n`)
    yield* input.chunks
    const parts = (await fields).map(([name, value]) => `\r\n${head(`name="${name}"`)}\r\n${value}`)
    yield Buffer.from(`${parts.join('')}\r\n--${boundary}--\r\n`)
    finish()
  }

  return {
    body: toStream(write()),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    sent,
  }
}

/** Encodes a file name as browsers do (HTML, multipart/form-data). */
function quote(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** Returns a stream that reads nothing ahead. */
function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await chunks.return(undefined)),
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}
