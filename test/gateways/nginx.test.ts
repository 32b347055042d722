import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGateway, type Transcriber } from '@livepeer-ai/gateway'
import { expect, onTestFinished, test } from 'vitest'

const isInstalled = spawnSync('nginx', ['-v']).status === 0
const readme = await readFile(new URL('../../packages/gateway/README.md', import.meta.url), 'utf8')
const [, settings = ''] = /```nginx\n(.+?)```/s.exec(readme) ?? []

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts nginx with a location. Returns its URL. */
async function startNginx(location: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nginx-'))
  const port = await freePort()
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const temporary = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n')
  const config = `
    daemon off;
    master_process off;
    pid ${folder}/pid;
    error_log ${folder}/error.log;
    events {}
    http {
      access_log off;
      ${temporary}
      server {
        listen 127.0.0.1:${port};
        ${location}
      }
    }`
  await writeFile(join(folder, 'nginx.conf'), config)
  const child = spawn('nginx', ['-p', folder, '-e', `${folder}/error.log`, '-c', `${folder}/nginx.conf`])
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const url = `http://127.0.0.1:${port}`
  await expect
    .poll(() => fetch(`${url}/health`).then((response) => response.status, String), { timeout: 10_000 })
    .toBe(200)
  return url
}

test.skipIf(!isInstalled)(
  "a recording passes nginx with the README's settings, and not with its defaults",
  async () => {
    const sizes: number[] = []
    const transcriber: Transcriber = {
      load: () => Promise.resolve(),
      close: () => Promise.resolve(),
      transcribe({ bytes }) {
        sizes.push(bytes.length)
        return Promise.resolve({ text: 'Yes.', duration: 1, segments: [] })
      },
    }
    await using gateway = await createGateway({ transcriber, tokens: ['good'] }).listen({ port: 0, host: '127.0.0.1' })
    const post = async (location: string) => {
      const body = new FormData()
      body.append('audio', new File([new Uint8Array(2_000_000)], 'clip.wav'))
      const url = await startNginx(location.replace('http://127.0.0.1:8000', gateway.url))
      const headers = { authorization: 'Bearer good' }
      const response = await fetch(`${url}/audio-to-text`, { method: 'POST', headers, body })
      return [response.status, response.headers.get('content-type')]
    }
    expect(await post(settings)).toEqual([200, expect.stringContaining('application/json')])
    expect(sizes).toEqual([2_000_000])
    expect(await post('location / { proxy_pass http://127.0.0.1:8000; }')).toEqual([413, 'text/html'])
  },
)
