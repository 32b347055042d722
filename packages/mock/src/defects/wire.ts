import type { IncomingMessage } from 'node:http'
import type { Wire } from '@livepeer-ai/server'

/** A response message that the server is about to send. */
export interface Message {
  status: number
  headers: Record<string, string | string[]>
  body: Buffer
}

/**
 * Sends other bytes in place of the message and closes the connection. If `change` returns
 * undefined, the message is sent unchanged.
 */
export function changeMessage(
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

/** Passes a message to `take` before it is sent. `send` sends a message as the server would. */
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

/** Returns true for a response of 200 to a POST. */
export function isTranscriptMessage({ status }: Message, { method }: IncomingMessage): boolean {
  return method === 'POST' && status === 200
}

/** Returns the head of a message without some of its headers and with additional lines. */
export function writeHead({ status, headers }: Message, without: string[] = [], ...more: string[]): string {
  const lines = Object.entries(headers)
    .filter(([name]) => !without.includes(name.toLowerCase()))
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`))
  return [`HTTP/1.1 ${status} ${status < 400 ? 'OK' : 'Refused'}`, ...lines, ...more, '', ''].join('\r\n')
}
