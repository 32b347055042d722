import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { processes } from '../runtimes/processes.ts'
import { app, everyInput, nativeApp, toCommonJs, type Consumer } from './consumer.ts'

const { resolve } = createRequire(import.meta.url)
const versionOf = (name: string) =>
  (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version
const binary = (name: string, path: string) => join(dirname(resolve(`${name}/package.json`)), path)
const run = (runtime: string, file: string) => `${(processes[runtime] ?? []).join(' ')} main.mjs ${file}`

const esbuild = (source: string, options: string): Consumer => ({
  version: versionOf('esbuild'),
  files: { 'app.js': source },
  commands: [
    `${binary('esbuild', 'bin/esbuild')} app.js --bundle --outfile=dist/app.js --log-level=error ${options}`,
    run('Node 24', './dist/app.js'),
  ],
})

/** Runs a bundled app in another realm with the globals of this one. */
const inContext = `import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import vm from 'node:vm'
const names = ['console', 'process', 'fetch', 'Headers', 'Request', 'Response', 'Blob', 'File', 'FormData', 'Buffer', 'URL', 'crypto',
  'AbortController', 'AbortSignal', 'ReadableStream', 'TextEncoder', 'TextDecoder', 'btoa', 'setTimeout', 'clearTimeout']
const context = vm.createContext(Object.fromEntries(names.map((name) => [name, globalThis[name]])))
vm.runInContext(\`(require, module = {}) => {\${readFileSync('dist/app.js', 'utf8')}}\`, context)(createRequire(import.meta.url))
`

const inputs = `${everyInput}\neveryInput('app.js').then((text) => console.log(text))\n`
const inRealm = esbuild(inputs, '--platform=node --format=cjs')

/** Tools of this repository. `npm test` runs them. */
export const ownTools: Record<string, Consumer> = {
  'Node, import': {
    version: versionOf('node-20'),
    files: { 'app.mjs': app },
    commands: [run('Node 20', './app.mjs')],
  },
  'Node, require()': {
    version: versionOf('node-20'),
    files: { 'app.cjs': toCommonJs(app) },
    commands: [run('Node 20', './app.cjs')],
  },
  'Node, vm contexts': {
    version: process.versions.node,
    files: { ...inRealm.files, 'realm.mjs': inContext },
    commands: [...inRealm.commands.slice(0, 1), run('Node 24', './realm.mjs')],
  },
  Deno: {
    version: versionOf('deno'),
    files: { 'app.mjs': app },
    commands: [run('Deno', './app.mjs')],
  },
  'Deno, npm: specifiers': {
    version: versionOf('deno'),
    files: { 'app.mjs': app.replaceAll("'@livepeer", "'npm:@livepeer") },
    commands: [run('Deno', './app.mjs')],
  },
  Bun: {
    version: versionOf('bun'),
    files: { 'app.ts': app },
    commands: [run('Bun', './app.ts')],
  },
  'bun build': {
    version: versionOf('bun'),
    files: { 'app.ts': app },
    commands: [`${processes['Bun']?.[0]} build app.ts --target=browser --outdir=dist`, run('Node 24', './dist/app.js')],
  },
  esbuild: esbuild(app, '--format=iife'),
  'esbuild for React Native': {
    version: versionOf('esbuild'),
    files: nativeApp,
    commands: [
      esbuild('', '--format=iife --conditions=react-native --target=es2018').commands[0] ?? '',
      'node main.ts dist/app.js',
    ],
  },
}
