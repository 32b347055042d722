import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { launchChromium } from '../launch-chromium.ts'

// TypeDoc reads every package: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 })

const root = resolve(import.meta.dirname, '../..')
const folder = await mkdtemp(join(tmpdir(), 'docs-'))
const pages = new Map<string, string>()
let browser: Browser
const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
}
const server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1')

async function serve({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(url, 'http://localhost').pathname
  const content = await readFile(join(folder, path)).catch(() => undefined)
  const type = types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  response.writeHead(content ? 200 : 404, { 'content-type': type }).end(content)
}
/** Where a page is served from. */
const address = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`
beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, 'tools/docs.ts'), folder], { cwd: root })
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith('.html')) pages.set(join(folder, name), await readFile(join(folder, name), 'utf8'))
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  server.close()
  await rm(folder, { recursive: true })
})

/** What attributes with links say, and the anchors that links may name. */
const links = (html: string) => [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = '']) => href)
const anchors = (html: string) => new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))

test('every link within the documentation leads somewhere', () => {
  expect(pages.size).toBeGreaterThan(50)
  const known = new Map([...pages].map(([path, html]) => [path, anchors(html)]))
  const broken = [...pages].flatMap(([path, html]) =>
    // The anchors of the operation are made by a script.
    (path.endsWith('api.html') ? [] : links(html)).flatMap((href) => {
      const url = new URL(href.replaceAll('&amp;', '&'), pathToFileURL(path))
      if (url.protocol !== 'file:') return []
      const [file, anchor] = [fileURLToPath(url.href.split('#')[0]!), decodeURIComponent(url.hash.slice(1))]
      const target = known.get(file)
      return target && (anchor === '' || target.has(anchor)) ? [] : [`${relative(folder, path)}: ${href}`]
    }),
  )
  expect(broken).toEqual([])
})

test.each([
  'index.html',
  'api.html',
  'deviations.html',
  'checks.html',
  'code/index.html',
  'code/documents/from-prism.html',
])('%s shows itself without a network and without a complaint', async (name) => {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (!request.url().startsWith(address('')) && !/^(data|blob):/.test(request.url()))
      complaints.push(`asks for ${request.url()}`)
  })
  await page.goto(address(name), { waitUntil: 'networkidle0' })
  expect(complaints).toEqual([])
  expect(await page.$eval('body', (body) => body.innerText.length)).toBeGreaterThan(200)
  await page.close()
})

test('the operation can be read', async () => {
  const page = await browser.newPage()
  await page.goto(address('api.html'), { waitUntil: 'networkidle0' })
  await page.waitForFunction(() => document.body.innerText.includes('/audio-to-text'), { timeout: 20_000 })
  expect(await page.$eval('body', (body) => body.innerText)).toContain('/audio-to-text')
})
