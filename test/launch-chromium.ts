import chromium from '@sparticuz/chromium'
import { launch, type Browser } from 'puppeteer-core'

/**
 * Starts Chromium from the registry with our own flags: those of its package disable web security.
 */
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
