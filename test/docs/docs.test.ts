import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchChromium } from '../launch-chromium.ts'

// TypeDoc reads every package, which takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

const root = resolve(import.meta.dirname, '../..')
const folder = await mkdtemp(join(tmpdir(), 'docs-'))
const pages = new Map<string, string>()
let browser: Browser
beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, 'tools/docs.ts'), folder], { cwd: root })
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith('.html')) pages.set(join(folder, name), await readFile(join(folder, name), 'utf8'))
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

/** Returns the targets of links and the anchors in a page. */
const links = (html: string) => [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href)
const anchors = (html: string) => new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))

test('every link within the documentation has a target', () => {
  expect(pages.size).toBeGreaterThan(50)
  const known = new Map([...pages].map(([path, html]) => [path, anchors(html)]))
  const broken = [...pages].flatMap(([path, html]) =>
    // A script creates the anchors of the operation.
    (path.endsWith('api.html') ? [] : links(html)).flatMap((href) => {
      const url = new URL(href.replaceAll('&amp;', '&'), pathToFileURL(path))
      if (url.protocol !== 'file:') return []
      const [file, anchor] = [fileURLToPath(url.href.split('#')[0]!), decodeURIComponent(url.hash.slice(1))]
      const target = known.get(file)
      const isThere = anchor === '' || target?.has(anchor) || file.endsWith('api.html')
      return target && isThere ? [] : [`${relative(folder, path)}: ${href}`]
    }),
  )
  expect(broken).toEqual([])
})

/** The largest pages of each folder: TypeDoc writes those of one kind by one template. */
function listSamples(): string[] {
  const sizeOf = (path: string) => pages.get(path)?.length ?? 0
  const all = [...pages.keys()].toSorted((one, other) => sizeOf(other) - sizeOf(one))
  const folders = [...new Set(all.map((path) => dirname(path)))]
  return folders.flatMap((one) => all.filter((path) => dirname(path) === one).slice(0, 8))
}

test('pages of each kind work offline, without errors, and fit a phone', async () => {
  const complaints: string[] = []
  const paths = listSamples().values()
  // Two tabs take turns: a page waits for its scripts as long as it computes.
  await Promise.all([visit(paths, complaints), visit(paths, complaints)])
  expect(complaints).toEqual([])
})

/** Opens the pages that are left in one tab. */
async function visit(paths: Iterable<string>, complaints: string[]): Promise<void> {
  const page = await browser.newPage()
  await page.setViewport({ width: 390, height: 800 })
  let name = ''
  const complain = (text: string) => void complaints.push(`${name}: ${text}`)
  // TypeDoc draws its icons differently on file URLs.
  page.on(
    'console',
    (message) => message.type() === 'error' && !/icons\.svg/.test(message.text()) && complain(message.text()),
  )
  page.on('pageerror', (error) => complain(String(error)))
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) complain(`asks for ${request.url()}`)
  })
  for (const path of paths) {
    name = relative(folder, path)
    await page.goto(pathToFileURL(path).href)
    const [shown = 0, wide = 0] = await page.evaluate(() => {
      // TypeDoc hides a page until its script has run.
      document.body.style.removeProperty('display')
      return [document.body.innerText.length, document.documentElement.scrollWidth]
    })
    if (shown < 50) complain(`shows ${shown} characters`)
    if (wide > 390) complain(`is ${wide} pixels wide`)
  }
  await page.close()
}

test('the index links to the operation with its fields and responses', async () => {
  const page = await browser.newPage()
  await page.goto(pathToFileURL(join(folder, 'index.html')).href)
  await page.click('a[href*="genaudiototext"]')
  const text = () => page.$eval('body', (body) => body.innerText)
  await vi.waitFor(async () => expect(await text()).toMatch(/return_timestamps.*Responses.*chunks/s), 20_000)
  await page.close()
})
