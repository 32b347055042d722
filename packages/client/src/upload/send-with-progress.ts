import type { Outgoing } from './form.ts'
import type { Upload } from './upload.ts'

/**
 * Only XMLHttpRequest reports progress. It follows redirects, so a response from another URL is
 * rejected.
 */
export function sendWithProgress(
  url: string,
  { headers, signal }: Outgoing['init'],
  upload: Upload,
  body: FormData,
  redirected: Error,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', url)
    xhr.responseType = 'blob'
    headers.forEach((value, name) => xhr.setRequestHeader(name, value))
    xhr.upload.addEventListener('progress', ({ loaded, total }) => {
      upload.isComplete = loaded === total
      upload.onProgress?.({ loaded, total })
    })
    xhr.addEventListener('error', () => reject(new TypeError('the connection failed')))
    xhr.addEventListener('load', () => {
      const { response, responseURL, status, statusText } = xhr
      // The URL of React Native does not normalize.
      if (responseURL !== url && responseURL !== new URL(url).href) return reject(redirected)
      const lines = xhr.getAllResponseHeaders().trim().split('\r\n')
      resolve(
        new Response(status === 204 ? null : (response as Blob), {
          status,
          statusText,
          headers: lines.map((line) => line.split(/: (.*)/s, 2) as [string, string]),
        }),
      )
    })
    signal.addEventListener('abort', () => xhr.abort())
    xhr.send(body)
  })
}
