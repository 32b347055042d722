import { beforeEach, expect, test, vi } from 'vitest'
import { checks } from '../../catalogue/index.ts'
import { ProgressLine } from './progress.ts'

beforeEach(() => {
  vi.stubEnv('TERM', 'xterm')
})

const progress = {
  phase: 'send',
  check: checks.find(({ id }) => id === 'MP-06')!,
  done: 7,
  total: 60,
  audioSeconds: 2.52,
  failed: ['ME-01'],
} as const

/** Returns the output to a terminal or a pipe. */
function written(stream: { isTTY?: boolean; columns?: number; hasColors?: () => boolean }, phase: 'send' | 'judge') {
  let text = ''
  const write = (piece: string) => {
    text += piece
    return true
  }
  const line = new ProgressLine({ write, ...stream })
  line.show({ ...progress, phase })
  line.clear()
  return text
}

test('a terminal shows the check, the progress and the failures on one line', () => {
  expect(written({ isTTY: true, columns: 80 }, 'send')).toBe(
    '\r\u001B[KSending 7 of 60  multipart MP-06  2.5 s of audio  1 suspicious\r\u001B[K',
  )
  expect(written({ isTTY: true, columns: 80 }, 'judge')).toBe(
    '\r\u001B[KJudging 7 of 60  multipart MP-06  1 failed: ME-01\r\u001B[K',
  )
})

test('a terminal with colours shows failures in red', () => {
  expect(written({ isTTY: true, hasColors: () => true }, 'judge')).toContain('\u001B[31m1 failed: ME-01\u001B[39m')
})

test('the line fits the width of the terminal', () => {
  expect(written({ isTTY: true, columns: 20 }, 'judge')).toBe('\r\u001B[KJudging 7 of 60  mu\r\u001B[K')
})

test('a pipe gets no output', () => {
  expect(written({}, 'judge')).toBe('')
})
