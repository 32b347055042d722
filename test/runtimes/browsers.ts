import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { env, platform } from 'node:process'
import { launch, type Browser } from 'puppeteer-core'
import { launchChromium } from '../launch-chromium.ts'

/**
 * Opens a page, calls one of its global functions with a JSON argument, and resolves to its JSON
 * result.
 */
type CallInPage = (url: string, name: string, argument: unknown) => Promise<unknown>

export interface Engine {
  /** The Debian packages of the browser; empty if the registry has it. */
  packages: string
  /** Undefined if the browser is not installed. */
  find: () => CallInPage | undefined
}

/** One browser per engine. */
export const engines: Record<string, Engine> = {
  Chromium: { packages: '', find: () => (url, name, argument) => inPuppeteer(launchChromium(), url, name, argument) },
  Firefox: { packages: 'firefox-esr', find: findFirefox },
  WebKit: { packages: 'webkit2gtk-driver xvfb', find: findWebKit },
}

async function inPuppeteer(launching: Promise<Browser>, url: string, name: string, argument: unknown) {
  const browser = await launching
  try {
    const page = await browser.newPage()
    await page.goto(url)
    return await page.evaluate((...[called, it]) => Reflect.get(globalThis, called)(it), name, argument)
  } finally {
    await browser.close()
  }
}

function findFirefox(): CallInPage | undefined {
  const executablePath = onPath('firefox-esr') ?? onPath('firefox')
  if (!executablePath) return undefined
  return (url, name, argument) =>
    inPuppeteer(launch({ browser: 'firefox', executablePath, headless: true }), url, name, argument)
}

function findWebKit(): CallInPage | undefined {
  const driver = onPath('WebKitWebDriver')
  const xvfb = onPath('Xvfb')
  const [binary] = globSync(['/usr/lib/*/webkit2gtk-*/MiniBrowser', '/usr/libexec/webkit2gtk-*/MiniBrowser'])
  if (platform !== 'linux' || !driver || !xvfb || !binary) return undefined
  return (url, name, argument) => inWebKit({ driver, xvfb, binary }, url, name, argument)
}

/** Drives WebKitGTK with WebDriver (https://www.w3.org/TR/webdriver2/) on a virtual display. */
async function inWebKit(
  programs: { driver: string; xvfb: string; binary: string },
  url: string,
  name: string,
  argument: unknown,
): Promise<unknown> {
  const display = spawn(programs.xvfb, ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const processes: ChildProcess[] = [display]
  try {
    const [number] = (await once(display.stdio[3]!, 'data')) as [Buffer]
    const port = await freePort()
    // The sandbox does not work for root; the page is our own.
    const settings = { DISPLAY: `:${String(number).trim()}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }
    processes.push(spawn(programs.driver, [`--port=${port}`], { stdio: 'ignore', env: { ...env, ...settings } }))
    const browserOptions = { binary: programs.binary, args: ['--automation'] }
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions, timeouts: { script: 100_000 } } }
    const base = `http://127.0.0.1:${port}/session`
    const { sessionId } = (await command(base, { capabilities }, 50)) as { sessionId: string }
    const session = `${base}/${sessionId}`
    try {
      await command(`${session}/url`, { url })
      const script = `const [name, argument, done] = arguments
        Promise.resolve(globalThis[name](argument)).then(done, (error) => done([String(error)]))`
      return await command(`${session}/execute/async`, { script, args: [name, argument] })
    } finally {
      await fetch(session, { method: 'DELETE' })
    }
  } finally {
    for (const process of processes) process.kill()
  }
}

/** Sends a WebDriver command, and repeats it until the driver listens. */
async function command(url: string, body: object, tries = 1): Promise<unknown> {
  try {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    const { value } = (await response.json()) as { value: unknown }
    if (!response.ok) throw new Error(`${url}: ${JSON.stringify(value)}`)
    return value
  } catch (error) {
    if (tries === 1 || !(error instanceof TypeError)) throw error
    await new Promise((done) => setTimeout(done, 100))
    return command(url, body, tries - 1)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

function onPath(name: string): string | undefined {
  return globSync((env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))[0]
}
