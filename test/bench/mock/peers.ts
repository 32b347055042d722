/** A mock server to measure, with its packages and its start command. */
export interface Peer {
  name: string
  /** Exact versions, so that runs are comparable. */
  packages: Record<string, string>
  /** Source of `server.mjs`, for a server without a CLI. */
  server?: string
  /** Arguments of Node. */
  args: (description: string, port: number) => string[]
}

const prism = { '@stoplight/prism-cli': '5.16.0' }
const prismCli = 'node_modules/@stoplight/prism-cli/dist/index.js'

export const peers: Peer[] = [
  {
    name: 'Prism -v silent',
    packages: prism,
    args: (description, port) => [prismCli, 'mock', description, '-p', String(port), '-v', 'silent'],
  },
  {
    name: 'Scalar',
    packages: { '@scalar/mock-server': '0.14.4', '@hono/node-server': '2.1.8' },
    server: `import { readFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { createMockServer } from '@scalar/mock-server'

const [, , file, port] = process.argv
const app = await createMockServer({ document: JSON.parse(await readFile(file, 'utf8')) })
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
`,
    args: (description, port) => ['server.mjs', description, String(port)],
  },
  {
    name: 'msw',
    packages: { msw: '2.15.0', '@msw/source': '0.6.1', '@mswjs/http-middleware': '0.10.3' },
    server: `import { readFile } from 'node:fs/promises'
import { fromOpenApi } from '@msw/source/open-api'
import { createServer } from '@mswjs/http-middleware'

const [, , file, port] = process.argv
const handlers = await fromOpenApi(JSON.parse(await readFile(file, 'utf8')))
createServer(...handlers).listen(Number(port), '127.0.0.1')
`,
    args: (description, port) => ['server.mjs', description, String(port)],
  },
  {
    name: 'Mockoon',
    packages: { '@mockoon/cli': '9.9.0' },
    args: (description, port) => [
      'node_modules/@mockoon/cli/bin/run.js',
      'start',
      '--data',
      description,
      '--port',
      String(port),
      '--disable-log-to-file',
    ],
  },
  {
    name: 'Prism',
    packages: prism,
    args: (description, port) => [prismCli, 'mock', description, '-p', String(port)],
  },
]
