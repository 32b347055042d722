import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { argv, env } from 'node:process'
import { pathToFileURL } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { globals } from './globals.ts'

/** Runs a bundle with the globals of React Native. */
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (request.url?.includes('/elsewhere')) response.end('{}')
    else response.writeHead(307, { location: '/elsewhere' }).end()
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
server.unref()

await writeFile('a talk.mp3', 'ID3 a recording')
const realm = createContext({
  ...globals,
  gatewayUrl: env['GATEWAY_URL'],
  recordingPath: pathToFileURL('a talk.mp3').pathname,
  redirectingUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
})
runInContext(await readFile(argv[2] ?? '', 'utf8'), realm)
