import type { WriteStream } from 'node:tty'
import type { Progress } from '../../run/progress-meter.ts'

/** A stream for progress; a pipe lacks the optional members. */
export type ProgressStream = Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'hasColors'>>

const phases: Record<Progress['phase'], string> = { send: 'Sending', judge: 'Judging', contract: 'Contract lane' }

/** Shows the progress of a run on one line of a terminal. Prints nothing to a pipe. */
export class ProgressLine {
  readonly #stream: ProgressStream
  readonly #isShown: boolean

  constructor(stream: ProgressStream = process.stderr) {
    this.#stream = stream
    this.#isShown = stream.isTTY === true && process.env['TERM'] !== 'dumb'
  }

  show({ phase, check, done, total, audioSeconds, failed }: Progress): void {
    if (!this.#isShown) return
    const isSending = phase === 'send'
    const failures = failed.length ? `${failed.length} ${isSending ? 'suspicious' : `failed: ${failed.join(' ')}`}` : ''
    const parts = [
      `${phases[phase]}${total ? ` ${done} of ${total}` : ''}`,
      check && `${check.area} ${check.id}`,
      isSending && audioSeconds > 0 && `${audioSeconds.toFixed(1)} s of audio`,
      failures,
    ]
    const line = parts.filter(Boolean).join('  ')
    // A wrapped line cannot be overwritten.
    const fitting = line.slice(0, (this.#stream.columns ?? 80) - 1)
    const isRed = failures && this.#stream.hasColors?.()
    this.#write(isRed ? fitting.replace(/\d+ failed.*$/, '\u001B[31m$&\u001B[39m') : fitting)
  }

  clear(): void {
    if (this.#isShown) this.#write('')
  }

  #write(line: string): void {
    this.#stream.write(`\r\u001B[K${line}`)
  }
}
