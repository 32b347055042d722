import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { open, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Returns the peak memory of an upload in megabytes (10^6 bytes), without that of the idle process.
 */
const measure = `import { readFileSync } from 'node:fs'
  import { argv, memoryUsage } from 'node:process'
  import prepare from './upload.js'

  const upload = await prepare(...argv.slice(2))
  const before = memoryUsage().rss
  await upload()
  const [, peak] = /VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
  console.log((Number(peak) * 1024 - before) / 1e6)`

/** A module that prepares an upload and returns a function that runs it. */
export const pathUpload = `import { createClient } from '@livepeer-ai/client'
  export default (baseUrl, audio) => {
    const client = createClient({ baseUrl, retries: 0 })
    return () => client.audioToText({ audio })
  }`

/**
 * Uploads a file of so many megabytes with the packages in `project`. Throws if it arrives changed.
 */
export async function uploadMemory(
  project: string,
  command: readonly string[],
  megabytes: number,
  upload: string,
): Promise<number> {
  const file = join(project, `${megabytes}.wav`)
  await writeFile(join(project, 'upload.js'), upload)
  await writeFile(join(project, 'measure.js'), measure)
  const sent = await writeRecording(file, megabytes)

  let received = ''
  const server = createServer((request, response) => {
    const answer = async () => {
      received = await receive(request, sent.beginning, megabytes * 1e6)
      response.setHeader('content-type', 'application/json').end('{"text":"","chunks":[]}')
    }
    answer().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const [program = '', ...args] = command
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { stdout } = await promisify(execFile)(program, [...args, 'measure.js', baseUrl, file], { cwd: project })
    if (received !== sent.sha256) throw new Error(`The ${megabytes} MB that arrived are not those that were sent`)
    return Number(stdout)
  } finally {
    server.close()
    await rm(file)
  }
}

/** A file whose megabytes all differ, so that repeated or misplaced ones are detected. */
async function writeRecording(file: string, megabytes: number): Promise<{ beginning: Buffer; sha256: string }> {
  const megabyte = randomBytes(1e6)
  const beginning = Buffer.from(megabyte.subarray(0, 16))
  const hash = createHash('sha256')
  await using handle = await open(file, 'w')
  for (let index = 0; index < megabytes; index++) {
    if (index) megabyte.writeUInt32LE(index)
    hash.update(megabyte)
    await handle.write(megabyte)
  }
  return { beginning, sha256: hash.digest('hex') }
}

/** Returns the SHA-256 of so many bytes of the body, from this beginning. */
async function receive(body: AsyncIterable<Buffer>, beginning: Buffer, size: number): Promise<string> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let left = size
  for await (const chunk of body) {
    let piece = chunk
    if (left === size) {
      head = Buffer.concat([head, chunk])
      const at = head.indexOf(beginning)
      if (at < 0) continue
      piece = head.subarray(at)
    }
    piece = piece.subarray(0, left)
    hash.update(piece)
    left -= piece.length
  }
  return hash.digest('hex')
}
