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
const listShown = (selector: string) =>
  page.$$eval(selector, (all) => all.filter((one) => one.checkVisibility()).map((one) => one.id))
const listEntries = () => listShown('details[data-label]')
const headings = () =>
  page.$$eval('h2', (all) => all.filter((one) => one.checkVisibility()).map(({ textContent }) => textContent))
const textOf = (selector: string) => page.$eval(selector, ({ textContent }) => textContent)
/** Presses a key on a checkbox that Tab reaches. */
const toggle = async (label: string) => {
  await page.focus(`#show-${label}`)
  await page.keyboard.press('Space')
}

test('begins with what fails, then warnings, drift, known deviations and the rest', async () => {
  await open('report')
  expect(await headings()).toEqual([
    'What fails',
    'Warnings',
    'Drift from the description',
    'Known deviations',
    'Waived by the operator',
    'Without a verdict',
    'Everything else',
    'Exchanges',
    'About this run',
  ])
  expect((await listEntries()).slice(0, 4)).toEqual(['MP-06', 'TR-02', 'CT-422a', 'ER-01'])
})

test.each([true, false])('a count filters by keyboard, with a script: %s', async (hasScript) => {
  await page.setJavaScriptEnabled(hasScript)
  await open('report')
  const all = (await listEntries()).length
  await toggle('FAIL')
  expect(await listEntries()).toEqual(['MP-06'])
  expect((await headings()).slice(0, 2)).toEqual(['What fails', 'Exchanges'])
  await toggle('WARN')
  expect(await listEntries()).toEqual(['MP-06', 'HD-04'])
  await toggle('FAIL')
  await toggle('WARN')
  expect(await listEntries()).toHaveLength(all)
  expect(complaints).toEqual([])
})

test('the filter shows the entries of one area, one level or one text', async () => {
  await open('report')
  await page.select('[name=area]', 'transport')
  expect(await listEntries()).toEqual(['TR-02', 'TR-09'])
  expect(await textOf('output')).toBe('2 entries')
  await toggle('FLAKY')
  expect(await textOf('output')).toBe('1 entry')
  await toggle('FLAKY')
  await page.select('[name=area]', '')
  await page.type('[name=text]', 'QUOTED boundary')
  expect(await listEntries()).toEqual(['MP-06'])
  await page.select('[name=level]', 'MAY')
  expect(await listEntries()).toEqual([])
  expect(complaints).toEqual([])
})

test('an id in the conclusion leads to its entry, also past a filter', async () => {
  await open('report')
  await toggle('PASS')
  await page.click('.conclusion a[href="#CT-422a"]')
  await page.waitForFunction(() => document.getElementById('CT-422a')?.checkVisibility())
  expect(await page.$eval('#CT-422a', (entry) => entry.hasAttribute('open'))).toBe(true)
})

test('a link opens its exchange', async () => {
  await open('report')
  await page.click('#MP-06 a[href="#x-e2"]')
  await page.waitForFunction(() => document.getElementById('x-e2')?.hasAttribute('open'))
  await open('report', '#x-e1')
  await page.waitForFunction(() => document.getElementById('x-e1')?.hasAttribute('open'))
  expect(complaints).toEqual([])
})

test('without a script every entry is shown and the filter by text is hidden', async () => {
  await page.setJavaScriptEnabled(false)
  await open('report')
  expect(await page.$eval('#filter', (form) => form.checkVisibility())).toBe(false)
  expect(await listEntries()).toContain('RT-01')
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
  expect(await page.title()).toMatch(/^Quiet <Hill>: does not conform: /)
  expect(await page.$$('img, a[href^="javascript"]')).toEqual([])
})
