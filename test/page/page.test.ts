import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createGateway, WorkerTranscriber } from '@livepeer-ai/gateway'
import type { Browser, ElementHandle, Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
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
  browser = await launchChromium()
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

async function choose(name: string, token = 'good'): Promise<void> {
  await page.type('#token', token)
  const input = (await page.$('#file')) as ElementHandle<HTMLInputElement>
  await input.uploadFile(clip(name))
}

const words = () => page.$$eval('#text button', (buttons) => buttons.map(({ textContent }) => textContent))
const shown = (selector: string) => page.waitForSelector(`${selector}:not([hidden])`, { timeout: 25_000 })

test('a recording goes in, words come out, and they follow the playing', async () => {
  await page.click('input[value=word]')
  await choose('austen-0930.mp3')
  await shown('#result')
  expect((await words()).join(' ').toLowerCase()).toMatch(/^he might even have been made amiable himself/)
  await page.evaluate(() => void (document.querySelector('audio')!.currentTime = 1.5))
  await page.waitForSelector('#text button[aria-current]')
  expect(await page.$$eval('#text button[aria-current]', (buttons) => buttons.length)).toBe(1)
  expect(complaints).toEqual([])
})

test('another choice of chunks transcribes the same recording again', async () => {
  await choose('austen-0930.wav')
  await shown('#result')
  expect(await words()).toHaveLength(1)
  await page.click('input[value=word]')
  await page.waitForFunction(() => document.querySelectorAll('#text button').length > 1, { timeout: 25_000 })
})

test('arrow keys go from word to word, and a click plays from there', async () => {
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
  ['a wrong token', 'austen-0930.mp3', 'bad', /^The gateway answered 401, Invalid or missing credentials\.$/],
  ['no recording', 'README.md', 'good', /^The gateway answered 415, /],
])('%s is told in the words of the gateway', async (_, name, token, message) => {
  await choose(name, token)
  const alert = await shown('#error')
  expect(await alert!.evaluate(({ textContent }) => textContent)).toMatch(message)
})

test.each(['light', 'dark'])('axe finds nothing serious in the %s page, before and after', async (scheme) => {
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
})

test('the policy of the page lets nothing else run', async () => {
  const response = await fetch(gateway.url)
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; connect-src 'self'/,
  )
})
