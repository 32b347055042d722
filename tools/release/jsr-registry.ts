import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * A stand-in for JSR on loopback. It knows every package without versions and accepts uploads
 * (gzipped tarballs).
 * `deno publish --dry-run` does not show how imports are rewritten; the uploaded tarball does.
 */
export async function startJsrRegistry(): Promise<AsyncDisposable & { url: string; uploads: Buffer[] }> {
  const uploads: Buffer[] = []
  const server = createServer((request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const take = (upload: Buffer) => {
      uploads.push(upload)
      send(200, { id: '1', status: 'success' })
    }
    if (request.method === 'POST') buffer(request).then(take, () => response.destroy())
    else if (request.url?.includes('/versions/')) send(404, { code: 'packageVersionNotFound', message: 'not found' })
    else send(200, {})
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    uploads,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
