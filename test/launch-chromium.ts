import chromium from '@sparticuz/chromium'
import { launch, type Browser } from 'puppeteer-core'

/** Chromium out of the registry, with flags of our own: its package's would switch web security off. */
export async function launchChromium(...args: string[]): Promise<Browser> {
  return launch({
    executablePath: await chromium.executablePath(),
    headless: 'shell',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  })
}
