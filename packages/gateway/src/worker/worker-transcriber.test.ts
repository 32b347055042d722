import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AudioTooLongError, TranscriberError, UnsupportedAudioError } from '../transcriber-error.ts'
import { WorkerTranscriber } from './worker-transcriber.ts'

const thread = new URL('../testing/unreliable-thread.ts', import.meta.url)

describe('WorkerTranscriber', () => {
  let transcriber: WorkerTranscriber

  beforeAll(() => {
    transcriber = new WorkerTranscriber({ thread, stallTimeout: 2000 })
  })

  afterAll(() => transcriber.close())

  const transcribe = async (text: string, signal?: AbortSignal) => {
    const options = { words: false, ...(signal && { signal }) }
    return (await transcriber.transcribe({ bytes: Buffer.from(text) }, options)).text
  }

  test("passes bytes and transcript between the threads, and keeps the caller's bytes", async () => {
    const pool = Buffer.from('not this, hello, nor this')
    const bytes = pool.subarray(10, 15)
    expect((await transcriber.transcribe({ bytes }, { words: true })).text).toBe('hello')
    expect(bytes.toString()).toBe('hello')
  })

  test('moves the bytes to the thread if allowed', async () => {
    const bytes = new TextEncoder().encode('hello')
    expect((await transcriber.transcribe({ bytes }, { words: true, transfer: true })).text).toBe('hello')
    expect(bytes).toHaveLength(0)
    await expect(transcriber.transcribe({ bytes }, { words: true, transfer: true })).rejects.toThrow(/transfer/)
    expect(await transcribe('next')).toBe('next')
  })

  test('transcribes twenty recordings at once, each for its own caller', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `recording ${index}`)
    expect(await Promise.all(texts.map((text) => transcribe(text)))).toEqual(texts)
  })

  test.for([
    { behaviour: 'unsupported', error: UnsupportedAudioError, message: 'This is no audio.' },
    { behaviour: 'too long', error: AudioTooLongError, message: 'This is too long.' },
    { behaviour: 'throw', error: TranscriberError, message: 'Something is out of range.' },
    { behaviour: 'crash', error: TranscriberError, message: "The transcriber's thread failed: Nobody catches this." },
    { behaviour: 'exit', error: TranscriberError, message: "The transcriber's thread exited with code 3." },
    {
      behaviour: 'never settle',
      error: TranscriberError,
      message: 'The transcriber made no progress for 2000 ms and was stopped.',
    },
    {
      behaviour: 'spin',
      error: TranscriberError,
      message: 'The transcriber made no progress for 2000 ms and was stopped.',
    },
  ])(
    'rejects a recording whose transcriber does “$behaviour”, and transcribes the next',
    async ({ behaviour, error, message }) => {
      const [failure, next] = await Promise.allSettled([transcribe(behaviour), transcribe('next')])
      expect(failure).toMatchObject({ status: 'rejected', reason: { name: error.name, message } })
      expect(failure.status === 'rejected' && failure.reason).toBeInstanceOf(error)
      expect(next).toEqual({ status: 'fulfilled', value: 'next' })
    },
  )

  test('does not stop a slow recording that makes progress', async () => {
    const controller = new AbortController()
    const running = transcribe('step on', controller.signal)
    const outcome = await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 3000, 'still running'))])
    expect(outcome).toBe('still running')
    controller.abort()
    await expect(running).rejects.toThrow(/aborted/)
  })

  test.for(['step on', 'never settle', 'spin'])(
    'stops “%s” when its caller gives up, and transcribes the next',
    async (behaviour) => {
      const controller = new AbortController()
      const running = transcribe(behaviour, controller.signal)
      const next = transcribe('next')
      setTimeout(() => controller.abort(new Error('Enough.')), 100)
      await expect(running).rejects.toThrow('Enough.')
      expect(await next).toBe('next')
    },
  )

  test('does not start a canceled call', async () => {
    const busy = transcribe('first')
    const controller = new AbortController()
    const waiting = transcribe('spin', controller.signal)
    controller.abort(new Error('Enough.'))
    await expect(waiting).rejects.toThrow('Enough.')
    expect(await busy).toBe('first')
    await expect(transcribe('late', AbortSignal.abort(new Error('Too late.')))).rejects.toThrow('Too late.')
    expect(await transcribe('next')).toBe('next')
  })

  test('reports steps to the caller', async () => {
    const controller = new AbortController()
    let steps = 0
    const onStep = () => {
      steps++
      if (steps === 3) controller.abort(new Error('Three steps.'))
    }
    const options = { words: false, signal: controller.signal, onStep }
    await expect(transcriber.transcribe({ bytes: Buffer.from('step on') }, options)).rejects.toThrow('Three steps.')
  })
})

describe('WorkerTranscriber.close()', () => {
  test('close() rejects running, waiting and later calls', async () => {
    const transcriber = new WorkerTranscriber({ thread })
    const call = (text: string) => transcriber.transcribe({ bytes: Buffer.from(text) }, { words: false })
    const calls = Promise.allSettled([call('spin'), call('waiting')])
    await new Promise((resolve) => setTimeout(resolve, 300))
    await transcriber.close()
    const closed = { status: 'rejected', reason: { name: 'TranscriberError', message: 'The transcriber is closed.' } }
    expect(await calls).toMatchObject([closed, closed])
    await expect(call('later')).rejects.toThrow('The transcriber is closed.')
  })

  test('close() works before anything was started', async () => {
    await expect(new WorkerTranscriber({ thread }).close()).resolves.toBeUndefined()
  })
})

describe('WorkerTranscriber.load()', () => {
  test('reports why loading failed, and retries on the next call', async () => {
    const transcriber = new WorkerTranscriber({ thread, ffmpeg: 'none' })
    await expect(transcriber.load()).rejects.toThrow('No.')
    await expect(transcriber.load()).rejects.toThrow(TranscriberError)
    await transcriber.close()
  })

  test('names the missing module', async () => {
    const transcriber = new WorkerTranscriber({ thread: new URL('./no-such-thread.ts', import.meta.url) })
    await expect(transcriber.load()).rejects.toThrow(
      /The transcriber's thread failed: Cannot find module .*no-such-thread/,
    )
  })
})
