import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fakeThreads, pieceSeconds } from '../testing/threads/fake-threads.ts'
import { AudioTooLongError, TranscriberError, UnsupportedAudioError } from '../transcriber-error.ts'
import { WorkerTranscriber, type WorkerTranscriberOptions } from './worker-transcriber.ts'

const create = (options: WorkerTranscriberOptions) => new WorkerTranscriber(options, fakeThreads)

describe.for([1, 2])('WorkerTranscriber with %i threads', (threads) => {
  let transcriber: WorkerTranscriber

  beforeAll(() => {
    transcriber = create({ threads, stallTimeout: 500 })
  })

  afterAll(() => transcriber.close())

  const transcribe = async (text: string, signal?: AbortSignal) =>
    (await transcriber.transcribe({ bytes: Buffer.from(text) }, { words: false, signal })).text

  test('puts the pieces of a recording in order, with their times', async () => {
    const text = 'slower a slow b c slower d'
    const { segments, duration } = await transcriber.transcribe({ bytes: Buffer.from(text) }, { words: false })
    expect(segments).toEqual(
      text
        .split(' ')
        .map((word, index) => ({ start: index * pieceSeconds, end: (index + 1) * pieceSeconds, text: word })),
    )
    expect(duration).toBe(7 * pieceSeconds)
  })

  test("keeps the caller's bytes, and moves them only if allowed", async () => {
    const bytes = Buffer.from('not this, hello').subarray(10)
    expect((await transcriber.transcribe({ bytes }, { words: true })).text).toBe('hello')
    expect(bytes.toString()).toBe('hello')
    const own = new TextEncoder().encode('hello')
    expect((await transcriber.transcribe({ bytes: own }, { words: true, transfer: true })).text).toBe('hello')
    expect(own).toHaveLength(0)
    await expect(transcriber.transcribe({ bytes: own }, { words: true, transfer: true })).rejects.toThrow(/transfer/)
  })

  test('transcribes twenty recordings at once, each for its own caller', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `recording ${index}`)
    expect(await Promise.all(texts.map((text) => transcribe(text)))).toEqual(texts)
  })

  test('finishes a short recording while a long one goes on', async () => {
    const long = transcribe(Array.from({ length: 30 }, () => 'slow').join(' '))
    const order: string[] = []
    const finished = [long.then(() => order.push('long')), transcribe('short').then(() => order.push('short'))]
    await Promise.all(finished)
    expect(order).toEqual(['short', 'long'])
  })

  test('finishes a short recording beside a piece that takes forever', async () => {
    const controller = new AbortController()
    const pieces = Array.from({ length: threads }, () => 'endless').join(' ')
    const long = transcribe(`a b ${pieces}`, controller.signal)
    await expect.poll(() => transcriber.activity.waiting).toBe(0)
    expect(await transcribe('short')).toBe('short')
    controller.abort(new Error('Enough.'))
    await expect(long).rejects.toThrow('Enough.')
  })
})

test('WorkerTranscriber keeps one of two threads free of long pieces when recordings share them', async () => {
  const transcriber = create({ threads: 2, stallTimeout: 20_000 })
  await transcriber.load()
  await expect.poll(() => transcriber.activity.threads).toBe(2)
  const controller = new AbortController()
  const transcribe = (text: string, signal?: AbortSignal) =>
    transcriber.transcribe({ bytes: Buffer.from(text) }, { words: false, signal })
  // Each polite piece ends when a short recording comes to its thread.
  const long = transcribe('polite polite encode-block encode-block', controller.signal)
  await expect.poll(() => transcriber.activity.waiting).toBe(2)
  await transcribe('slow')
  await transcribe('slow')
  await expect.poll(() => transcriber.activity.waiting).toBe(1)
  expect((await transcribe('short')).text).toBe('short')
  controller.abort(new Error('Enough.'))
  await expect(long).rejects.toThrow('Enough.')
  await transcriber.close()
})

describe('WorkerTranscriber with one thread', () => {
  let transcriber: WorkerTranscriber

  beforeAll(() => {
    transcriber = create({ threads: 1, stallTimeout: 500 })
  })

  afterAll(() => transcriber.close())

  const transcribe = async (text: string, signal?: AbortSignal) =>
    (await transcriber.transcribe({ bytes: Buffer.from(text) }, { words: false, signal })).text

  const stalled = 'The recognizer made no progress for 500 ms and was stopped.'
  const endless = 'The file holds up its decoder.'
  test.for([
    { text: 'decode-unsupported', error: UnsupportedAudioError, message: 'This is no audio.' },
    { text: 'decode-long', error: AudioTooLongError, message: 'This is too long.' },
    { text: 'decode-throw', error: TranscriberError, message: 'Something is out of range.' },
    { text: 'decode-crash', error: TranscriberError, message: 'A thread failed: Nobody catches this.' },
    { text: 'decode-exit', error: TranscriberError, message: 'A thread exited with code 3.' },
    { text: 'decode-spin', error: UnsupportedAudioError, message: endless },
    { text: 'throw', error: TranscriberError, message: 'Something is out of range.' },
    { text: 'crash', error: TranscriberError, message: 'A thread failed: Nobody catches this.' },
    { text: 'exit', error: TranscriberError, message: 'A thread exited with code 3.' },
    { text: 'stuck', error: TranscriberError, message: stalled },
    { text: 'spin', error: TranscriberError, message: stalled },
  ])('rejects a recording with “$text”, and no other', async ({ text, error, message }) => {
    const others = ['a slow b slow c slow d slow e', 'slower f slower g']
    const transcripts = Promise.allSettled(others.map((recording) => transcribe(recording)))
    const failure: unknown = await transcribe(`h slow ${text} i`).catch((reason: unknown) => reason)
    expect(failure).toBeInstanceOf(error)
    expect(failure).toMatchObject({ name: error.name, message })
    expect(await transcripts).toEqual(others.map((value) => ({ status: 'fulfilled', value })))
    expect(await transcribe('next')).toBe('next')
  })

  test('does not stop a slow recording that makes progress', async () => {
    const controller = new AbortController()
    const running = transcribe('endless', controller.signal)
    const outcome = await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 800, 'still running'))])
    expect(outcome).toBe('still running')
    controller.abort()
    await expect(running).rejects.toThrow(/aborted/)
  })

  test.for(['endless', 'stuck', 'spin', 'decode-endless', 'decode-stuck', 'decode-spin'])(
    'stops “%s” when its caller gives up, and transcribes others',
    async (text) => {
      const controller = new AbortController()
      const running = transcribe(`a ${text} b`, controller.signal)
      const other = transcribe('slow c slow')
      setTimeout(() => controller.abort(new Error('Enough.')), 100)
      await expect(running).rejects.toThrow('Enough.')
      expect(await other).toBe('slow c slow')
      expect(await transcribe('next')).toBe('next')
    },
  )

  test('a piece gives way to a later one in the same thread', async () => {
    const state = { isOver: false }
    const long = transcribe('a polite').then(() => (state.isOver = true))
    while (!state.isOver) expect(await transcribe('slow')).toBe('slow')
    await long
  })

  test('does not start a canceled call', async () => {
    await expect(transcribe('late', AbortSignal.abort(new Error('Too late.')))).rejects.toThrow('Too late.')
  })

  test('reports the time from each piece to its text', async () => {
    const times: number[] = []
    await transcriber.transcribe({ bytes: Buffer.from('a slow b') }, { words: false, onPiece: (s) => times.push(s) })
    expect(times).toHaveLength(3)
    expect(Math.max(...times)).toBeGreaterThan(0.03)
  })
})

describe('WorkerTranscriber', () => {
  test('loads a second thread in the background, and others when they are needed', async () => {
    const transcriber = create({ threads: 3 })
    await transcriber.load()
    await expect.poll(() => transcriber.activity).toEqual({ threads: 2, waiting: 0 })
    const pieces = Array.from({ length: 40 }, () => 'slow').join(' ')
    await transcriber.transcribe({ bytes: Buffer.from(pieces) }, { words: false })
    expect(transcriber.activity).toEqual({ threads: 3, waiting: 0 })
    await transcriber.close()
  })

  test('close() rejects running, waiting and later calls', async () => {
    const transcriber = create({ threads: 1 })
    const call = (text: string) => transcriber.transcribe({ bytes: Buffer.from(text) }, { words: false })
    const calls = Promise.allSettled([call('spin'), call('waiting')])
    await new Promise((resolve) => setTimeout(resolve, 300))
    await transcriber.close()
    const closed = { status: 'rejected', reason: { name: 'TranscriberError', message: 'The transcriber is closed.' } }
    expect(await calls).toMatchObject([closed, closed])
    await expect(call('later')).rejects.toThrow('The transcriber is closed.')
  })

  test('close() works before anything was started', async () => {
    await expect(create({}).close()).resolves.toBeUndefined()
  })

  test('a call chooses its model', async () => {
    const transcriber = create({ models: [{ name: 'small' }, { name: 'large', folder: '/large' }] })
    expect(transcriber.models).toEqual(['small', 'large'])
    const { text } = await transcriber.transcribe({ bytes: Buffer.from('model') }, { words: false, model: 'large' })
    expect(text).toBe('large')
    await transcriber.close()
  })

  test('load() reports why loading failed, and retries on the next call', async () => {
    const transcriber = create({ models: [{ name: 'none' }] })
    await expect(transcriber.load()).rejects.toThrow('No.')
    await expect(transcriber.load()).rejects.toThrow(TranscriberError)
    await expect(transcriber.transcribe({ bytes: Buffer.from('a') }, { words: false })).rejects.toThrow('No.')
    await transcriber.close()
  })

  test('load() names the missing module', async () => {
    const missing = new URL('./no-such-thread.ts', import.meta.url)
    const transcriber = new WorkerTranscriber({}, { ...fakeThreads, recognition: missing })
    await expect(transcriber.load()).rejects.toThrow(/A thread failed: Cannot find module .*no-such-thread/)
    await expect(transcriber.transcribe({ bytes: Buffer.from('a') }, { words: false })).rejects.toThrow(
      /no-such-thread/,
    )
    await transcriber.close()
  })
})
