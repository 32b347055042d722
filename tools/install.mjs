// Installs from the lockfile. Runs on Node 20 and later, because the pinned Node is not installed
// yet.
// `node tools/install.mjs` installs everything, `main` only the needs of `npm start`, `once` the
// same if nothing is installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const [scope] = process.argv.slice(2)
if (scope === 'once' && existsSync('node_modules/.bin/node')) process.exit()
const main = ['.', './tools', './packages/*'].flatMap((project) => ['--filter', project])
const args = ['--yes', 'pnpm@12.21.0', 'install', '--frozen-lockfile', '--reporter=append-only', ...(scope ? main : [])]

const start = Date.now()
const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`
let lastOutput = start
const heartbeat = setInterval(() => {
  if (Date.now() - lastOutput > 2000) console.log(`installing, ${seconds()}`)
}, 2000)

// A shell is needed to find npx.cmd on Windows.
const child = spawn(['npx', ...args.map((argument) => JSON.stringify(argument))].join(' '), {
  shell: true,
  stdio: ['ignore', 'pipe', 'pipe'],
})
let output = ''
for (const stream of [child.stdout, child.stderr]) {
  stream.on('data', (chunk) => {
    output += chunk
  })
}
child.on('close', (code) => {
  clearInterval(heartbeat)
  if (code === 0) console.log(`install    ${seconds()}`)
  else console.error(`${output}\nInstalling failed: npx ${args.join(' ')}`)
  process.exitCode = code === 0 ? 0 : 1
})
