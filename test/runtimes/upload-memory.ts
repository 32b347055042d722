import { execFile } from 'node:child_process'
import { open, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What an upload from disk costs at its peak, beyond what the process had before; in megabytes (10^6 bytes). */
const upload = `import { readFileSync } from 'node:fs'
  import { argv, memoryUsage } from 'node:process'
  import { createClient } from '@livepeer-ai/client'

  const [baseUrl, audio] = argv.slice(2)
  const client = createClient({ baseUrl, retries: 0 })
  const before = memoryUsage().rss
  await client.audioToText({ audio })
  const [, peak] = /VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
  console.log((Number(peak) * 1024 - before) / 1e6)`

/** Uploads a file of so many megabytes with the client that is installed in `project`. */
export async function uploadMemory(project: string, command: readonly string[], megabytes: number): Promise<number> {
  const file = join(project, `${megabytes}.wav`)
  await writeFile(join(project, 'upload.js'), upload)
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
    const { stdout } = await promisify(execFile)(program, [...args, 'upload.js', baseUrl, file], { cwd: project })
    if (received < megabytes * 1e6) throw new Error(`Only ${received} bytes of ${megabytes} MB arrived`)
    return Number(stdout)
  } finally {
    server.close()
  }
}
