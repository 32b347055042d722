import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@livepeer-ai/client'
import { toSrt, toVtt } from '@livepeer-ai/client/captions'
import { createGateway, WorkerTranscriber, type Transcriber } from '@livepeer-ai/gateway'
import type { Browser, ElementHandle, Page } from 'puppeteer-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { launchChromium } from '../launch-chromium.ts'

const clip = (name: string) =>
  fileURLToPath(new URL(`../../packages/conformance/fixtures/speech/${name}`, import.meta.url))
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let gateway: Awaited<ReturnType<ReturnType<typeof createGateway>['listen']>>
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  gateway = await createGateway({ transcriber: new WorkerTranscriber(), tokens: ['good'] }).listen({
    port: 0,
    host: '127.0.0.1',
  })
  // A fake microphone that plays the clip once.
  browser = await launchChromium(
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${clip('austen-0930.wav')}%noloop`,
  )
})
afterAll(async () => {
  await browser.close()
  await gateway.close(0)
})
beforeEach(async () => {
  complaints = []
  page = await browser.newPage()
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(gateway.url)
})

afterEach(() => page.close())

async function choose(name: string, token = 'good'): Promise<void> {
  await page.type('#token', token)
  const input = (await page.$('#file')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(clip(name))
}

const words = () => page.$$eval('#text button', (buttons) => buttons.map(({ textContent }) => textContent))
const shown = (selector: string) => page.waitForSelector(`${selector}:not([hidden])`, { timeout: 60_000 })

test('transcribes a recording and highlights the words during playback', async () => {
  await page.click('input[value=word]')
  await choose('austen-0930.mp3')
  await shown('#result')
  expect((await words()).join(' ').toLowerCase()).toMatch(/^he might even have been made amiable himself/)
  await page.evaluate(() => void (document.querySelector('audio')!.currentTime = 1.5))
  await page.waitForSelector('#text button[aria-current]')
  expect(await page.$$eval('#text button[aria-current]', (buttons) => buttons.length)).toBe(1)
  expect(complaints).toEqual([])
})

test('another choice of timestamps transcribes the recording again', async () => {
  await choose('austen-0930.wav')
  await shown('#result')
  expect(await words()).toHaveLength(1)
  await page.click('input[value=word]')
  await page.waitForFunction(() => document.querySelectorAll('#text button').length > 1, { timeout: 60_000 })
})

test('transcribes speech from the microphone', async () => {
  await page.type('#token', 'good')
  await page.click('#record')
  await page.waitForSelector('#record[aria-pressed=true]')
  await page.waitForFunction(() => document.querySelector('#elapsed')!.textContent === '0:04')
  expect(await page.$eval('#record-label', ({ textContent }) => textContent)).toBe('Stop')
  await page.click('#record')
  await shown('#result')
  expect((await words()).join(' ').toLowerCase()).toMatch(/have been made amiable himself/)
  expect(await page.$eval('#source', ({ textContent }) => textContent)).toBe('recording.webm')
  expect(
    await page.$eval('#record', (button) => [button.getAttribute('aria-pressed'), button.textContent.trim()]),
  ).toEqual(['false', 'Record'])
  expect(complaints).toEqual([])
})

test('reports a microphone without permission', async () => {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied'))
  })
  await page.click('#record')
  const alert = await shown('#error')
  expect(await alert!.evaluate(({ textContent }) => textContent)).toBe(
    'The microphone cannot be used: Permission denied.',
  )
})

test.each(['sentence', 'word'] as const)('each download contains the transcript by %s', async (returnTimestamps) => {
  const folder = await mkdtemp(join(tmpdir(), 'downloads-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const session = await page.createCDPSession()
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
  await page.click(`input[value=${returnTimestamps}]`)
  await choose('austen-0890.wav')
  await shown('#result')
  const downloaded = async (format: string) => {
    await page.click(`[data-format=${format}]`)
    return vi.waitUntil(() => readFile(join(folder, `austen-0890.${format}`), 'utf8').catch(() => ''), 10_000)
  }
  const client = createClient({ baseUrl: gateway.url, token: 'good' })
  const transcript = await client.audioToText({ audio: clip('austen-0890.wav'), returnTimestamps })
  expect(JSON.parse(await downloaded('json'))).toMatchObject({ text: transcript.text, chunks: transcript.chunks })
  expect((await downloaded('txt')).trim()).toBe(transcript.text)
  const srt = await downloaded('srt')
  expect(srt).toBe(toSrt(transcript))
  expect(srt).toMatch(/^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\nUnless to be/)
  const vtt = await downloaded('vtt')
  expect(vtt).toBe(toVtt(transcript))
  expect(vtt).toMatch(/^WEBVTT\n\n(.*\n)?00:00:0\d\.\d{3} --> 00:00:0\d\.\d{3}\nUnless to be/)
})

test('after a wrong token, Enter in the field retries with another one', async () => {
  await choose('austen-0930.mp3', 'bad')
  await shown('#error')
  await page.$eval('#token', (field) => ((field as HTMLInputElement).value = ''))
  await page.type('#token', 'good')
  await page.keyboard.press('Enter')
  await shown('#result')
  expect(await page.$('#error:not([hidden])')).toBeNull()
})

test('after a wrong token, choosing the same file again sends it with another one', async () => {
  const chooseFile = async () => {
    const [chooser] = await Promise.all([page.waitForFileChooser(), page.click('#file')])
    await chooser.accept([clip('austen-0930.mp3')])
  }
  await page.type('#token', 'bad')
  await chooseFile()
  await shown('#error')
  await page.$eval('#token', (field) => ((field as HTMLInputElement).value = ''))
  await page.type('#token', 'good')
  await chooseFile()
  expect(await shown('#result')).toBeTruthy()
})

describe('a long recording', () => {
  const aborted: unknown[] = []
  /** Transcribes without an end. */
  const endless: Transcriber = {
    load: () => Promise.resolve(),
    close: () => Promise.resolve(),
    transcribe: (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          aborted.push(signal.reason)
          reject(signal.reason as Error)
        })
      }),
  }
  let folder: string
  let slow: Awaited<ReturnType<ReturnType<typeof createGateway>['listen']>>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-'))
    slow = await createGateway({ transcriber: endless }).listen({ port: 0, host: '127.0.0.1' })
    // 100 s of silence: 8 kHz, 8 bits.
    const header = Buffer.from((await readFile(clip('short.wav'))).subarray(0, 44))
    const samples = Buffer.alloc(800_000, 128)
    header.writeUInt32LE(36 + samples.length, 4)
    header.writeUInt32LE(8000, 24)
    header.writeUInt32LE(8000, 28)
    header.writeUInt16LE(1, 32)
    header.writeUInt16LE(8, 34)
    header.writeUInt32LE(samples.length, 40)
    await writeFile(join(folder, 'long.wav'), Buffer.concat([header, samples]))
  })
  afterAll(async () => {
    await slow.close(0)
    await rm(folder, { recursive: true, force: true })
  })
  const chooseLong = async () => {
    const input = (await page.$('#file')) as ElementHandle<HTMLInputElement>
    await input.uploadFile(join(folder, 'long.wav'))
  }
  const cancel = async () => {
    await page.click('#cancel')
    await page.waitForSelector('#working[hidden]')
    expect(await page.$eval('#announce', ({ textContent }) => textContent)).toBe('Canceled.')
  }

  test('shows how long it has run and will take, and can be canceled', async () => {
    await page.goto(slow.url)
    await chooseLong()
    await page.waitForFunction(() =>
      /^Transcribing, 0:0\d of about 0:10$/.test(document.querySelector('#status')!.textContent),
    )
    await cancel()
    await expect.poll(() => aborted.length).toBe(1)
  })

  test('can be canceled while it is uploaded', async () => {
    await page.goto(slow.url)
    await page.emulateNetworkConditions({ upload: 10_000, download: -1, latency: 0 })
    await chooseLong()
    await page.waitForFunction(() => document.querySelector<HTMLProgressElement>('#progress')!.value > 0)
    await cancel()
    expect(aborted).toHaveLength(1)
  })
})

test.each([320, 375, 1200])('the page fits a window of %i px', async (width) => {
  await page.setViewport({ width, height: 700 })
  await choose('austen-0890.wav')
  await shown('#result')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
})

test('arrow keys move between words, and a click plays from a word', async () => {
  await page.click('input[value=word]')
  await choose('austen-0930.ogg')
  await shown('#result')
  await page.focus('#text button')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe((await words())[2])
  await page.keyboard.press('Enter')
  expect(await page.$eval('audio', ({ currentTime }) => currentTime)).toBeGreaterThan(0)
})

test.each([
  [
    'a wrong token',
    'austen-0930.mp3',
    'bad',
    /^The gateway answered 401, Invalid or missing credentials\. Enter the token above and press Enter/,
  ],
  ['no recording', 'README.md', 'good', /^The gateway answered 415, /],
])('shows %s in the words of the gateway', async (_, name, token, message) => {
  await choose(name, token)
  const alert = await shown('#error')
  expect(await alert!.evaluate(({ textContent }) => textContent)).toMatch(message)
})

test.each(['light', 'dark'])(
  'axe finds nothing serious in the %s page, before and after a transcript',
  async (scheme) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.setBypassCSP(true)
    await page.reload()
    await page.evaluate(axe)
    const serious = () =>
      page.evaluate(async () => {
        const { violations } = await (
          Reflect.get(globalThis, 'axe') as { run: () => Promise<{ violations: { id: string; impact: string }[] }> }
        ).run()
        return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
      })
    expect(await serious()).toEqual([])
    await choose('austen-0930.mp3')
    await shown('#result')
    expect(await serious()).toEqual([])
  },
)

test('the content security policy blocks other scripts', async () => {
  const response = await fetch(gateway.url)
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; connect-src 'self'/,
  )
})
