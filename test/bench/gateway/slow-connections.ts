import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { readClip } from '../../../packages/gateway/src/testing/speech-clips.ts'
import { writeGoals } from '../report/write-goals.ts'
import { startGateway, transcribe } from './start-gateway.ts'

/**
 * Opens connections that are slow or silent, and transcribes clips meanwhile: `npm run bench --
 * gateway-slow`.
 */
const connections = 400
const limitSeconds = 65

const head = 'POST /audio-to-text HTTP/1.1\r\nHost: 127.0.0.1\r\n'
const upload = `${head}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n`
const part = '--b\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\nRIFF'

/** The kinds of connections: the bytes that each sends, and one more per second if it trickles. */
const kinds: Record<string, { sends: string; trickles?: boolean }> = {
  'sends nothing': { sends: '' },
  'sends half a header': { sends: head },
  'sends a header byte by byte': { sends: `${head}X-Slow: `, trickles: true },
  'pauses before a body': { sends: upload },
  'pauses within a body': { sends: `${upload}${part}` },
  'sends a body byte by byte': { sends: `${upload}${part}`, trickles: true },
  'waits after an answer': { sends: 'GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n' },
}

using gateway = await startGateway('--threads', '1')
const clip = await readClip('austen-0880.wav')
const { hostname, port } = new URL(gateway.url)
const begin = performance.now()
const open = Object.keys(kinds).flatMap((kind) =>
  Array.from({ length: Math.ceil(connections / Object.keys(kinds).length) }, () => ({ kind, ends: hold(kind) })),
)
const over = new AbortController()
const waits: number[] = []
const serving = serve()
const lasted = await Promise.all(open.map(async ({ kind, ends }) => ({ kind, seconds: await ends })))
over.abort()
await serving
await writeGoals('gateway-slow', [
  ...Object.keys(kinds).map((kind): [string, number, number] => [
    `a connection that ${kind}: closed after, s`,
    Math.max(...lasted.filter((one) => one.kind === kind).map(({ seconds }) => seconds)),
    limitSeconds,
  ]),
  ['a clip meanwhile, slowest, s', Math.max(...waits), 5],
])

/** Holds a connection open until the gateway closes it, for twice the limit at most. */
async function hold(kind: string): Promise<number> {
  const { sends = '', trickles = false } = kinds[kind] ?? {}
  const socket: Socket = connect(Number(port), hostname).on('error', () => {})
  await once(socket, 'connect')
  socket.resume().write(sends)
  const timer = trickles ? setInterval(() => socket.write('x'), 1000) : undefined
  await Promise.race([once(socket, 'close'), sleep(2 * limitSeconds * 1000, undefined, { ref: false })])
  clearInterval(timer)
  socket.destroy()
  return (performance.now() - begin) / 1000
}

/** Uploads that pause lose their places after two seconds, and others get 503 until then. */
async function serve(): Promise<void> {
  await sleep(3000)
  while (!over.signal.aborted) {
    const sent = performance.now()
    await transcribe(gateway.url, 'wav', clip)
    waits.push((performance.now() - sent) / 1000)
    await sleep(2000)
  }
}
