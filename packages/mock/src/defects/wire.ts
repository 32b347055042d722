import type { IncomingMessage } from 'node:http'
import type { Wire } from './defect.ts'

/** A message as the server would have sent it. */
export interface Message {
  status: number
  headers: Record<string, string | string[]>
  body: Buffer
}

/** Puts bytes of its own on the wire in the place of the server's message, and closes the connection; undefined lets the message go. */
export function onWire(
  change: (message: Message, incoming: IncomingMessage) => string | Uint8Array | undefined,
  { closes = true }: { closes?: boolean } = {},
): () => Wire {
  return () =>
    intercept((message, incoming, send) => {
      const bytes = change(message, incoming)
      if (bytes === undefined) send(message)
      else if (closes) incoming.socket.end(bytes)
      else incoming.socket.write(bytes)
    })
}

/** Takes a message before it is sent; `send` sends one in the server's way. */
export function intercept(
  take: (message: Message, incoming: IncomingMessage, send: (message: Message) => void) => void,
): Wire {
  return (incoming, outgoing, serve) => {
    const before = Object.fromEntries(['writeHead', 'write', 'end'].map((name) => [name, Reflect.get(outgoing, name)]))
    const message: Message = { status: 200, headers: {}, body: Buffer.alloc(0) }
    const add = (chunk?: string | Uint8Array) => {
      if (chunk) message.body = Buffer.concat([message.body, Buffer.from(chunk as Uint8Array)])
      return true
    }
    Object.assign(outgoing, {
      writeHead(status: number, headers: Message['headers'] = {}) {
        Object.assign(message, { status, headers })
        return outgoing
      },
      write: add,
      end(chunk?: string | Uint8Array) {
        add(chunk)
        Object.assign(outgoing, before)
        take(message, incoming, ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body))
        return outgoing
      },
    })
    serve()
  }
}

/** A message that answers a POST with 200. */
export function isTranscriptOnWire({ status }: Message, { method }: IncomingMessage): boolean {
  return method === 'POST' && status === 200
}

/** The head of a message, without the headers named and with some lines more. */
export function head({ status, headers }: Message, without: string[] = [], ...more: string[]): string {
  const lines = Object.entries(headers)
    .filter(([name]) => !without.includes(name.toLowerCase()))
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`))
  return [`HTTP/1.1 ${status} ${status < 400 ? 'OK' : 'Refused'}`, ...lines, ...more, '', ''].join('\r\n')
}
