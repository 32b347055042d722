import { matches, type CallMatcher, type MockCall } from './call.ts'

/** The latest calls, and who waits for one. */
export interface CallLog {
  calls: MockCall[]
  add: (call: MockCall) => void
  waitForCall: (match?: CallMatcher, timeoutMs?: number) => Promise<MockCall>
}

const maxCalls = 1000

export function createCallLog(): CallLog {
  const calls: MockCall[] = []
  const waiting = new Set<(call: MockCall) => void>()
  return {
    calls,
    add(call) {
      calls.push(call)
      if (calls.length > maxCalls) calls.shift()
      for (const tell of waiting) tell(call)
    },
    waitForCall(match = {}, timeoutMs = 5_000) {
      const known = calls.find((call) => matches(call, match))
      if (known) return Promise.resolve(known)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(tell)
          const others = `there were ${calls.length} others`
          reject(new Error(`No call that matches ${JSON.stringify(match)} within ${timeoutMs} ms; ${others}`))
        }, timeoutMs)
        const tell = (call: MockCall) => {
          if (!matches(call, match)) return
          clearTimeout(timer)
          waiting.delete(tell)
          resolve(call)
        }
        waiting.add(tell)
      })
    },
  }
}
