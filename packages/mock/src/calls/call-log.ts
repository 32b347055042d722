import { matchesCall, type CallMatcher, type MockCall } from './call.ts'

/** The latest calls, oldest first. */
export interface CallLog {
  calls: MockCall[]
  add: (call: MockCall) => void
  /** Resolves to the first call that matches, past or future; rejects after 5 s by default. */
  waitForCall: (match?: CallMatcher, timeoutMs?: number) => Promise<MockCall>
}

const maxCalls = 1000

export function createCallLog(): CallLog {
  const calls: MockCall[] = []
  const listeners = new Set<(call: MockCall) => void>()
  return {
    calls,
    add(call) {
      calls.push(call)
      if (calls.length > maxCalls) calls.shift()
      for (const listener of listeners) listener(call)
    },
    waitForCall(match = {}, timeoutMs = 5_000) {
      const known = calls.find((call) => matchesCall(call, match))
      if (known) return Promise.resolve(known)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(listener)
          const others = `there were ${calls.length} others`
          reject(new Error(`No call that matches ${JSON.stringify(match)} within ${timeoutMs} ms; ${others}`))
        }, timeoutMs)
        const listener = (call: MockCall) => {
          if (!matchesCall(call, match)) return
          clearTimeout(timer)
          listeners.delete(listener)
          resolve(call)
        }
        listeners.add(listener)
      })
    },
  }
}
