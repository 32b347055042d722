import { connect, type Socket } from 'node:net'

/** The result of a load of requests: latencies in seconds, counts by status. */
export interface Load {
  requestsPerSecond: number
  p50: number
  p99: number
  statuses: Record<string, number>
}

const end = Buffer.from('\r\n\r\n')

/** Sends one request `amount` times, for at most `ms`. Each connection waits for its response. */
export async function sendLoad(
  port: number,
  request: Buffer,
  { amount, connections, ms }: { amount: number; connections: number; ms: number },
): Promise<Load> {
  const latencies: number[] = []
  const statuses: Record<string, number> = {}
  const begin = performance.now()
  let sent = 0
  const isOver = () => sent >= amount || performance.now() - begin > ms

  async function work(): Promise<void> {
    let socket: Socket | undefined
    while (!isOver()) {
      sent++
      const start = performance.now()
      socket ??= connect({ port, host: '127.0.0.1', noDelay: true })
      const { status, closes } = await exchange(socket, request)
      latencies.push(performance.now() - start)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (closes) {
        socket.destroy()
        socket = undefined
      }
    }
    socket?.destroy()
  }
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - begin) / 1000
  const sorted = Float64Array.from(latencies).toSorted()
  const quantile = (share: number) => sorted[Math.floor(sorted.length * share)]! / 1000
  return { requestsPerSecond: latencies.length / seconds, p50: quantile(0.5), p99: quantile(0.99), statuses }
}

/** Parses only enough HTTP to find the end of a response, so that the client stays cheap. */
function exchange(socket: Socket, request: Buffer): Promise<{ status: string; closes: boolean }> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0)
    const finish = (status: string, closes: boolean) => {
      socket.removeAllListeners()
      socket.on('error', () => {})
      resolve({ status, closes })
    }
    socket.on('data', (chunk: Buffer) => {
      received = received.length ? Buffer.concat([received, chunk]) : chunk
      const length = received.indexOf(end)
      if (length < 0) return
      const head = received.toString('latin1', 0, length).toLowerCase()
      const announced = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
      const isWhole =
        announced === undefined
          ? received.subarray(-7).equals(Buffer.from('\r\n0\r\n\r\n'))
          : received.length >= length + end.length + Number(announced)
      if (isWhole) finish(head.slice(9, 12), /\r\nconnection: *close/.test(head))
    })
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'error', true))
    socket.once('close', () => finish('closed', true))
    socket.write(request)
  })
}
