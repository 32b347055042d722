type Chunks = AsyncGenerator<Uint8Array>

/**
 * True if streams write each chunk directly to its destination
 * (https://bun.sh/docs/api/streams#direct-readablestream). Other runtimes queue chunks.
 */
const isDirect = 'Bun' in globalThis
const ownFetch = (isDirect || 'Deno' in globalThis) && globalThis.fetch

/**
 * Returns true if this fetch() no longer uses a chunk when it requests the next one. That holds for
 * Bun and Deno, but not for Node and custom functions.
 */
export function takesChunks(fetch: typeof globalThis.fetch): boolean {
  return fetch === ownFetch
}

/** Frees the memory of a chunk as soon as possible instead of at garbage collection. */
export function letGo({ buffer }: Uint8Array): void {
  const held = buffer as ArrayBufferLike & { transfer: (newLength: number) => ArrayBuffer }
  held.transfer(0)
}

/**
 * Converts chunks to a stream that requests one at a time. `onError` receives the error of the
 * source.
 */
export function toStream(chunks: Chunks, onError: (error: unknown) => void): ReadableStream<Uint8Array> {
  const { pull, ...kind } = isDirect ? direct(chunks) : queued(chunks)
  const source: UnderlyingDefaultSource<Uint8Array> = {
    // The type `direct` exists only in Bun, so the standard types do not have it.
    ...(kind as object),
    async pull(controller) {
      try {
        await pull(controller as Controller)
      } catch (error) {
        onError(error)
        throw error
      }
    },
    cancel: () => close(chunks),
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}

export function close(chunks: Chunks): void {
  chunks.return(undefined).catch(() => {})
}

type Controller = ReadableStreamDefaultController<Uint8Array> & DirectController

interface DirectController {
  write: (chunk: Uint8Array) => void
  /** Resolves when the written chunk has left the queue. */
  flush: () => Promise<number>
  close: () => void
}

interface Kind {
  type?: 'direct'
  pull: (controller: Controller) => Promise<void>
}

function queued(chunks: Chunks): Kind {
  return {
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  }
}

function direct(chunks: Chunks): Kind {
  return {
    type: 'direct',
    async pull(controller) {
      for await (const chunk of chunks) {
        controller.write(chunk)
        await controller.flush()
      }
      controller.close()
    },
  }
}
