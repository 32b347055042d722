type Chunks = AsyncGenerator<Uint8Array>

/** Whether streams write each chunk straight to where it goes (https://bun.sh/docs/api/streams#direct-readablestream). Others queue them. */
const isDirect = 'Bun' in globalThis
const ownFetch = (isDirect || 'Deno' in globalThis) && globalThis.fetch

/**
 * Whether this fetch() has taken a chunk over when it asks for the next one. Those of Bun and Deno have; that of Node has not, nor has
 * what a program may put in their place.
 */
export function takesChunks(fetch: typeof globalThis.fetch): boolean {
  return fetch === ownFetch
}

/** Frees the memory of a chunk as soon as nobody else holds it, instead of when it is collected. */
export function letGo({ buffer }: Uint8Array): void {
  const held = buffer as ArrayBufferLike & { transfer: (newLength: number) => ArrayBuffer }
  held.transfer(0)
}

/** The chunks as a stream that asks for one at a time, and tells what their source fails with. */
export function toStream(chunks: Chunks, onError: (error: unknown) => void): ReadableStream<Uint8Array> {
  const { pull, ...kind } = isDirect ? direct(chunks) : queued(chunks)
  const source: UnderlyingDefaultSource<Uint8Array> = {
    // `direct` is a type that the standard does not have.
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
  /** Resolves when what was written is on its way. */
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
