/** `npm run bench -- NAME`: one benchmark at a time, since two would measure each other. */
const benches: Record<string, () => Promise<unknown>> = {
  client: () => import('./client/index.ts'),
  mock: () => import('./mock/index.ts'),
  conformance: () => import('./conformance.ts'),
  gateway: () => import('./transcriber.ts'),
  'gateway-memory': () => import('./transcriber-memory.ts'),
}

const [name = ''] = process.argv.slice(2)
if (benches[name]) await benches[name]()
else {
  console.error(
    `${name ? `There is no benchmark '${name}'` : 'Which benchmark?'}. There are: ${Object.keys(benches).join(', ')}.`,
  )
  process.exitCode = 2
}
