import { readFileSync } from 'node:fs'

/** A tool that builds or runs an app with the packed client. */
export interface Consumer {
  /** Packages of the tool in exact versions. Without any, the tool is part of this repository. */
  packages?: Record<string, string>
  /** Files of the app by path. `main.mjs` and `package.json` are added. */
  files: Record<string, string>
  /** Members of the app's package.json. */
  manifest?: Record<string, unknown>
  /** Commands of a shell in the project. The last one prints captions. */
  commands: string[]
  /** The version of a tool of this repository. */
  version?: string
  /** The setting that the tool requires, for the documentation. */
  setting?: string
}

/** Imports every entry point. The text is JavaScript and TypeScript. */
export const transcribe = `import { createClient } from '@livepeer-ai/client'
import { toVtt } from '@livepeer-ai/client/captions'
import { livepeerStudio } from '@livepeer-ai/client/gateways'

export const transcribe = async (baseUrl = '', token = 'good') => {
  const client = createClient({ gateway: livepeerStudio, baseUrl, token })
  const audio = new Blob(['ID3 a recording'], { type: 'audio/mpeg' })
  return toVtt(await client.audioToText({ audio, returnTimestamps: 'sentence' }))
}
`

/** An app that prints captions. */
export const app = `${transcribe}
transcribe(String(Reflect.get(globalThis, 'gatewayUrl'))).then((text) => console.log(text))
`

/** Runs an app: `main.mjs ./app.js`. */
export const main = `globalThis.gatewayUrl = process.env.GATEWAY_URL
await import(process.argv[2])
`

/** Passes every kind of file that the globals of a test environment can create. */
export const everyInput = `import { createClient } from '@livepeer-ai/client'
import { toVtt } from '@livepeer-ai/client/captions'
import { createReadStream } from 'node:fs'
import { pathToFileURL } from 'node:url'

export const everyInput = async (file) => {
  const client = createClient({ baseUrl: process.env.GATEWAY_URL, token: 'good' })
  const bytes = new Uint8Array([73, 68, 51, 4])
  const inputs = [file, pathToFileURL(file), bytes, bytes.buffer, new DataView(bytes.buffer), Buffer.from('ID3'),
    new Blob([bytes]), new File(['ID3'], 'a.mp3'), createReadStream(file), (async function* () { yield bytes })()]
  if (typeof Response === 'function') inputs.push(new Response('ID3'), new Response('ID3').body)
  let text
  for (const audio of inputs) text = toVtt(await client.audioToText({ audio, signal: new AbortController().signal }))
  // The errors of fetch() may be of another realm.
  const fallbacks = [{ baseUrl: process.env.GATEWAY_URL, token: 'good' }]
  await createClient({ baseUrl: 'http://127.0.0.1:1', fallbacks }).audioToText({ audio: file })
  const error = await client.audioToText({ audio: Promise.resolve(file) }).catch((error) => error)
  if (error.name !== 'FileError' || !/await/.test(error.message)) throw error
  return text
}
`

/** The same module as CommonJS. */
export function toCommonJs(source: string): string {
  return source
    .replaceAll(/^import (.*) from (.*)$/gm, 'const $1 = require($2)')
    .replaceAll(/^export const (\w+)/gm, 'const $1 = exports.$1')
}

const reactNative = (file: string) => readFileSync(new URL(`react-native/${file}`, import.meta.url), 'utf8')

/** An app for React Native, and what runs it: `node main.ts dist/app.js`. */
export const nativeApp: Record<string, string> = Object.fromEntries(
  ['app.js', 'globals.ts', 'main.ts'].map((file) => [file, reactNative(file)]),
)
