import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'

const run = promisify(execFile)
const node = async (cwd: string, script: string) =>
  Number((await run(process.execPath, ['--input-type=module', '-e', script], { cwd, timeout: 120_000 })).stdout)

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

/** Returns the bytes that a browser loads, minified and compressed with brotli. */
export async function bundleBytes(project: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: "export { transcriber } from './peer.js'", resolveDir: project },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    write: false,
    logLevel: 'error',
  })
  return brotliCompressSync(outputFiles[0]?.contents ?? '').length
}

/** Returns the milliseconds of the first import. */
export async function importMs(project: string): Promise<number> {
  const script = `const start = performance.now()
    await import('./peer.js')
    console.log(performance.now() - start)`
  const times: number[] = []
  for (let round = 0; round < 7; round++) times.push(await node(project, script))
  return median(times)
}

/** Returns the microseconds of CPU time per call to a server that responds at once. */
export async function callMicroseconds(project: string): Promise<number> {
  return node(
    project,
    `import { transcriber } from './peer.js'
    const answer = JSON.stringify({ text: 'Hello.', chunks: [{ timestamp: [0, 1], text: 'Hello.' }] })
    const headers = { 'content-type': 'application/json' }
    const fetch = async (input, init) => {
      await new Request(input, init).arrayBuffer()
      return new Response(answer, { headers })
    }
    const transcribe = transcriber('http://gateway.example', fetch)
    const audio = new File([new Uint8Array(1000)], 'talk.wav', { type: 'audio/wav' })
    const calls = 1000
    const rounds = []
    for (let round = 0; round < 6; round++) {
      const before = process.cpuUsage()
      for (let call = 0; call < calls; call++) await transcribe(audio)
      const { user, system } = process.cpuUsage(before)
      rounds.push((user + system) / calls)
    }
    console.log(Math.min(...rounds.slice(1)))`,
  )
}

/** Returns the number of type instantiations of a program with one call. */
export async function instantiations(project: string): Promise<number> {
  const tsc = createRequire(import.meta.url).resolve('typescript-5.9/bin/tsc')
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: 'es2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
  }
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['peer.ts'] }))
  const { stdout } = await run(process.execPath, [tsc, '-p', project, '--extendedDiagnostics'], { timeout: 120_000 })
  return Number(/Instantiations:\s+(\d+)/.exec(stdout)?.[1])
}

/** Uploads a file from disk with the peer in `project`, and returns the memory that this takes. */
export const upload = `import { openAsBlob } from 'node:fs'
  import { transcriber } from './peer.js'
  export default async (baseUrl, path) => {
    const blob = await openAsBlob(path)
    return () => transcriber(baseUrl, fetch)(new File([blob], 'talk.wav'))
  }`
