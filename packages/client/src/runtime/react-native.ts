import { buildClient, type Client } from '../client.ts'
import { NetworkError, redirected, throwNetworkError } from '../errors.ts'
import type { ClientOptions } from '../plain-client.ts'
import { toParts, type UploadForm } from '../upload/form.ts'
import { toNativePart } from '../upload/native/native-part.ts'
import { sendWithProgress } from '../upload/send-with-progress.ts'
import { toCutter } from './browser.ts'

/**
 * Creates a client for React Native. Files are sent by their URI: pass a path, a URI or an object
 * with `uri`. Blobs, bytes and Responses are converted to `data:` URIs first. Streams are not
 * supported.
 */
export function createClient(options: ClientOptions): Client {
  const client = buildClient({ toForm, readText: (response) => response.text(), toCutter }, options)
  return Object.fromEntries(Object.entries(client).map(([name, call]) => [name, withReason(call)])) as unknown as Client
}

/** The signals of React Native have no reason, but the error of a call must have one. */
function withReason<Result>(call: (...args: never[]) => Promise<Result>) {
  return async (...args: never[]): Promise<Result> => {
    const { signal } = Object(args.at(-1)) as { signal?: AbortSignal }
    try {
      if (signal?.aborted) throw signal.reason
      return await call(...args)
    } catch (error) {
      throw error ?? Object.assign(new Error('This operation was aborted'), { name: 'AbortError' })
    }
  }
}

async function toForm(fields: object, files: readonly string[]): Promise<UploadForm> {
  const parts = await toParts(fields, files, toNativePart)
  return {
    canSend: () => true,
    close() {},
    async send({ request, init, upload, fetch, adapt }) {
      const body = new FormData()
      for (const [name, value] of adapt(parts))
        // The types are those of browsers.
        body.append(name, typeof value === 'string' ? value : (nativeFile(value) as unknown as Blob))
      if (upload.onProgress)
        return sendWithProgress(request.url, init, upload, body, redirected).catch(throwNetworkError(request))
      // fetch() does not report how much it has sent.
      upload.isComplete = true
      const response = await fetch(request.url, { ...init, body }).catch(throwNetworkError(request))
      // React Native follows every redirect.
      if (response.url && response.url !== request.url) throw new NetworkError(request, redirected)
      return response
    },
  }
}

const nativeFile = ({ uri, name, type }: { uri: string; name: string; type: string }) => ({ uri, name, type })
