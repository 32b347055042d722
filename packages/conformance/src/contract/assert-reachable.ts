import { connect } from 'node:net'
import { UnreachableError } from '../wire/unreachable-error.ts'

/** Throws an UnreachableError if nothing accepts a connection at the URL within 10 s. */
export async function assertReachable(url: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url)
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    timeout: 10_000,
  })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('timeout', () => reject(new Error('no connection after 10 s')))
      socket.once('error', reject)
    })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UnreachableError(`Cannot reach ${url}: ${code ?? message}. Is the server running there?`)
  } finally {
    socket.destroy()
  }
}
