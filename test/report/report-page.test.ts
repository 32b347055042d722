import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { formatHtml } from '../../packages/conformance/src/reporters/html/html.ts'
import { formatMatrix } from '../../packages/conformance/src/reporters/html/matrix.ts'
import { sampleReport } from '../../packages/conformance/src/testing/sample-report.ts'
import { launchChromium } from '../launch-chromium.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const other = sampleReport({ checks: sampleReport().checks.slice(1), target: { url: 'http://other.example' } })
const pages = { report: formatHtml(sampleReport()), matrix: formatMatrix([sampleReport(), other]) }

let browser: Browser
let folder: string
let page: Page
let complaints: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-page-'))
  await Promise.all(Object.entries(pages).map(([name, content]) => writeFile(join(folder, `${name}.html`), content)))
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  complaints = []
  page = await browser.newPage()
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(request.url()))
})

const open = (name: keyof typeof pages, hash = '') =>
  page.goto(`${pathToFileURL(join(folder, `${name}.html`)).href}${hash}`)
const shownChecks = () =>
  page.$$eval('[data-verdict]', (checks) =>
    checks.filter((check) => check.checkVisibility()).map((check) => check.getAttribute('data-verdict')),
  )
const textOf = (selector: string) => page.$eval(selector, ({ textContent }) => textContent)

test('the filter shows the checks of one verdict, one area or one text', async () => {
  await open('report')
  expect(await shownChecks()).toHaveLength(12)
  await page.select('[name=verdict]', 'KNOWN')
  expect(await shownChecks()).toEqual(['KNOWN'])
  expect(await textOf('output')).toBe('1 check')
  await page.select('[name=verdict]', '')
  await page.select('[name=area]', 'transport')
  expect(await shownChecks()).toEqual(['FLAKY', 'SKIPPED'])
  await page.select('[name=area]', '')
  await page.type('[name=text]', 'QUOTED boundary')
  expect(await shownChecks()).toEqual(['FAIL'])
  await page.select('[name=level]', 'MAY')
  expect(await shownChecks()).toEqual([])
  expect(complaints).toEqual([])
})

test('a link opens its exchange', async () => {
  await open('report')
  const isShown = () => page.$eval('[id="x-e2"]', (exchange) => exchange.checkVisibility())
  expect(await isShown()).toBe(false)
  await page.click('a[href="#x-e2"]')
  await page.waitForFunction(() => document.getElementById('x-e2')?.checkVisibility())
  await open('report', '#x-e1')
  await page.waitForFunction(() => document.getElementById('x-e1')?.checkVisibility())
})

test('without a script every check is shown and the filter is hidden', async () => {
  await page.setJavaScriptEnabled(false)
  await open('report')
  expect(await page.$eval('#filter', (form) => form.checkVisibility())).toBe(false)
  expect(await shownChecks()).toHaveLength(12)
})

test.each([
  ['report', 'light'],
  ['report', 'dark'],
  ['matrix', 'light'],
  ['matrix', 'dark'],
] as const)('axe finds nothing serious in the %s, %s', async (name, scheme) => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  await page.setBypassCSP(true)
  await open(name)
  await page.$$eval('details', (all) => all.forEach((details) => details.setAttribute('open', '')))
  await page.evaluate(axe)
  const serious = await page.evaluate(async () => {
    const { violations } = await (
      Reflect.get(globalThis, 'axe') as { run: () => Promise<{ violations: { id: string; impact: string }[] }> }
    ).run()
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
  })
  expect([serious, complaints]).toEqual([[], []])
})

test.each(['report', 'matrix'] as const)('the %s fits a phone, with all details open', async (name) => {
  await page.setViewport({ width: 360, height: 740 })
  await open(name)
  await page.$$eval('details', (all) => all.forEach((details) => details.setAttribute('open', '')))
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
})

test('text of a gateway cannot run as a script', async () => {
  const [check] = sampleReport().checks
  const text = `"><img src=x onerror="document.title='run'"><script>document.title='run'</script>`
  const finding = {
    severity: 'fail' as const,
    message: text,
    fingerprint: 'f',
    known: { id: text, url: `javascript:alert(1)` },
  }
  await writeFile(
    join(folder, 'report.html'),
    formatHtml(sampleReport({ checks: [{ ...check!, title: text, findings: [finding] }] })),
  )
  await open('report')
  expect(await page.title()).toBe('Quiet <Hill>: 1 MUST failed')
  expect(await page.$$('img, a[href^="javascript"]')).toEqual([])
})
