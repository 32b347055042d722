import { Agent, request } from 'node:http'

export interface LoadResult {
  requests: number
  /** Requests for each second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Responses by status. */
  statuses: Record<number, number>
}

/** Sends the same request over and over, on so many connections, and reads every answer to its end. */
export async function load(
  url: string,
  options: { headers: Record<string, string>; body: Uint8Array; connections: number; requests: number },
): Promise<LoadResult> {
  const { headers, body, connections, requests } = options
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const statuses: Record<number, number> = {}
  let sent = 0
  const send = () =>
    new Promise<void>((resolve, reject) => {
      const begin = performance.now()
      const outgoing = request(
        url,
        { method: 'POST', agent, headers: { ...headers, 'content-length': String(body.length) } },
        (response) => {
          response.resume().once('end', () => {
            times.push(performance.now() - begin)
            statuses[response.statusCode!] = (statuses[response.statusCode!] ?? 0) + 1
            resolve()
          })
        },
      )
      outgoing.once('error', reject).end(body)
    })
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (sent++ < requests) await send()
    }),
  )
  const seconds = (performance.now() - begin) / 1000
  agent.destroy()
  times.sort((a, b) => a - b)
  const quantile = (q: number) => Math.round((times[Math.floor(q * (times.length - 1))] ?? 0) * 10) / 10
  return {
    requests: times.length,
    rate: Math.round(times.length / seconds),
    p50: quantile(0.5),
    p99: quantile(0.99),
    statuses,
  }
}

/** A multipart body with a recording of so many bytes. */
export async function upload(bytes: number): Promise<{ headers: Record<string, string>; body: Uint8Array }> {
  const form = new FormData()
  form.append('audio', new File([new Uint8Array(bytes)], 'speech.wav', { type: 'audio/wav' }))
  const encoded = new Response(form)
  return {
    headers: { 'content-type': encoded.headers.get('content-type')!, authorization: 'Bearer bench' },
    body: new Uint8Array(await encoded.arrayBuffer()),
  }
}
