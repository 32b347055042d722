import { execFile } from 'node:child_process'
import { open, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What an upload costs at its peak, beyond what the process had before; in megabytes (10^6 bytes). */
const measure = `import { readFileSync } from 'node:fs'
  import { argv, memoryUsage } from 'node:process'
  import prepare from './upload.js'

  const upload = await prepare(...argv.slice(2))
  const before = memoryUsage().rss
  await upload()
  const [, peak] = /VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
  console.log((Number(peak) * 1024 - before) / 1e6)`

/** A module that prepares an upload, and gives a function that carries it out. */
export const pathUpload = `import { createClient } from '@livepeer-ai/client'
  export default (baseUrl, audio) => {
    const client = createClient({ baseUrl, retries: 0 })
    return () => client.audioToText({ audio })
  }`

/** Uploads a file of so many megabytes with what is installed in `project`. */
export async function uploadMemory(
  project: string,
  command: readonly string[],
  megabytes: number,
  upload: string,
): Promise<number> {
  const file = join(project, `${megabytes}.wav`)
  await writeFile(join(project, 'upload.js'), upload)
  await writeFile(join(project, 'measure.js'), measure)
  await using handle = await open(file, 'w')
  await handle.truncate(megabytes * 1e6)

  let received = 0
  const server = createServer((request, response) => {
    request.on('data', (chunk: Uint8Array) => (received += chunk.length))
    request.on('end', () => response.setHeader('content-type', 'application/json').end('{"text":"","chunks":[]}'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const [program = '', ...args] = command
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { stdout } = await promisify(execFile)(program, [...args, 'measure.js', baseUrl, file], { cwd: project })
    if (received < megabytes * 1e6) throw new Error(`Only ${received} bytes of ${megabytes} MB arrived`)
    return Number(stdout)
  } finally {
    server.close()
  }
}
