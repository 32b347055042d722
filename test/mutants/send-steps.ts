import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A response as received on the wire. */
export interface ProbeAnswer {
  /** The end of the connection; `open`: nothing was received for `patience` milliseconds. */
  end: 'closed' | 'reset' | 'open'
  /** The statuses of all responses on the connection, including `100 Continue`. */
  statuses: number[]
  /** The header lines of the last response. */
  headers: [name: string, value: string][]
  /** The body of the last response, one character per byte, without chunk framing. */
  body: string
  /** The headers that state the length of the body, and an error in its framing. */
  framing: string
}

/**
 * A step of a probe: text or bytes to send, a pause in milliseconds, a condition on the received
 * text to wait for, or null to disconnect.
 */
export type Step = string | Uint8Array | number | ((received: string) => boolean) | null

/** Sends the steps. Reads until the connection ends or is idle for `patience` milliseconds. */
export function sendSteps(url: string, steps: readonly Step[], patience: number): Promise<ProbeAnswer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    let received = ''
    const finish = (end: ProbeAnswer['end']) => {
      socket.destroy()
      resolve({ end, ...parseAnswers(received) })
    }
    socket.setTimeout(patience, () => finish('open'))
    socket.on('data', (chunk) => (received += chunk.toString('latin1')))
    socket.on('error', () => finish('reset'))
    socket.on('end', () => finish('closed'))
    socket.on('close', () => finish('closed'))
    void send()

    async function send(): Promise<void> {
      for (const step of steps) {
        if (step === null) finish('closed')
        else if (typeof step === 'number') await sleep(step)
        else if (typeof step === 'function') {
          for (let wait = 0; wait < patience && !step(received); wait += 5) await sleep(5)
        } else if (socket.writable) socket.write(step)
      }
    }
  })
}

function parseAnswers(text: string): Omit<ProbeAnswer, 'end'> {
  const statuses: number[] = []
  let rest = text
  let last: Omit<ProbeAnswer, 'end' | 'statuses'> = { headers: [], body: '', framing: 'none' }
  while (/^HTTP\/1\.1 \d{3}/.test(rest)) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) break
    const [first = '', ...lines] = rest.slice(0, end).split('\r\n')
    const status = Number(first.slice(9, 12))
    statuses.push(status)
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return colon < 0 ? [line, ''] : [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
    const { body, framing, left } = readBody(headers, rest.slice(end + 4), status < 200)
    last = { headers, body, framing }
    rest = left
  }
  return { statuses, ...last }
}

function readBody(
  headers: [string, string][],
  text: string,
  isInterim: boolean,
): { body: string; framing: string; left: string } {
  if (isInterim) return { body: '', framing: 'none', left: text }
  const values = (name: string) => headers.filter(([key]) => key === name).map(([, value]) => value)
  const lengths = values('content-length')
  const told = [...lengths.map(() => 'length'), ...values('transfer-encoding')].join(' and ') || 'none'
  if (values('transfer-encoding').length) {
    const { body, left, isComplete } = readChunks(text)
    const flaw = isComplete ? (left && !left.startsWith('HTTP/') ? ', rubbish follows' : '') : ', unfinished'
    return { body, framing: told + flaw, left }
  }
  const length = lengths.length ? Number(lengths[0]) : text.length
  const next = text.slice(length)
  // The response to a HEAD has a length and no body.
  const flaw =
    text.length < length && text !== '' ? ', less came' : next && !next.startsWith('HTTP/') ? ', more came' : ''
  return { body: text.slice(0, length), framing: told + flaw, left: next }
}

function readChunks(text: string): { body: string; left: string; isComplete: boolean } {
  let body = ''
  let rest = text
  for (;;) {
    const [line, size] = /^([0-9a-f]+)\r\n/i.exec(rest) ?? []
    if (line === undefined || size === undefined) return { body, left: rest, isComplete: false }
    const length = Number.parseInt(size, 16)
    body += rest.slice(line.length, line.length + length)
    rest = rest.slice(line.length + length + 2)
    if (!length) return { body, left: rest, isComplete: true }
  }
}
