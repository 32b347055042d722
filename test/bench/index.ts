import { spawnSync } from 'node:child_process'

/** `npm run bench -- NAME`: one benchmark at a time, since two would measure each other. Without a name all of them, each in a process of its own. */
const benches: Record<string, () => Promise<unknown>> = {
  client: () => import('./client/index.ts'),
  mock: () => import('./mock/index.ts'),
  conformance: () => import('./conformance.ts'),
  'conformance-clean': () => import('./conformance-clean.ts'),
  gateway: () => import('./transcriber.ts'),
  'gateway-memory': () => import('./transcriber-memory.ts'),
  page: () => import('./write-page.ts'),
}

const [name] = process.argv.slice(2)
if (name === undefined) {
  const failed = Object.keys(benches).filter((one) => {
    console.log(`\n> ${one}`)
    const args = [import.meta.filename, one]
    return spawnSync(process.execPath, args, { stdio: 'inherit', timeout: 1_800_000 }).status !== 0
  })
  if (failed.length) console.error(`Failed: ${failed.join(', ')}`)
  process.exitCode = failed.length ? 1 : 0
} else if (benches[name]) await benches[name]()
else {
  console.error(`There is no benchmark '${name}'. There are: ${Object.keys(benches).join(', ')}.`)
  process.exitCode = 2
}
