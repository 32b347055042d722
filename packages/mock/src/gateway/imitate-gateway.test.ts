import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { gateways, listDeviations } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import { startMock } from '../index.ts'

const clips = new URL('../../../conformance/fixtures/speech/', import.meta.url)
const wav = new File([await readFile(new URL('short.wav', clips))], 'short.wav')
const all = Object.values(gateways)
/** The states of each gateway. */
const states = await Promise.all(
  all.map(async ({ name }) => {
    const conditions = (await listDeviations(name)).flatMap(({ when }) => when)
    return { name, known: [...new Set(conditions.flatMap(({ state }) => state?.enum ?? []).map(String))] }
  }),
)

async function send(url: string): Promise<Response> {
  const body = new FormData()
  body.append('audio', wav)
  return fetch(`${url}/audio-to-text`, { method: 'POST', body, headers: { authorization: 'Bearer right' } })
}

test.each(all)('$name is served below the path of its first server, too', async ({ name, servers }) => {
  await using mock = await startMock({ port: 0, gateway: name, token: 'right' })
  const below = new URL(servers[0] ?? '').pathname.replace(/\/$/, '')
  const [direct, nested] = [await send(mock.url), await send(mock.url + below)]
  expect([nested.status, await nested.text()]).toEqual([direct.status, await direct.text()])
})

test.each(states.flatMap(({ name, known }) => known.map((state) => [name, state])))(
  '%s in state %s fills each variable of its answer',
  async (name, state) => {
    await using mock = await startMock({ port: 0, gateway: name, token: 'right', states: [state] })
    const response = await send(mock.url).catch(() => undefined)
    const told = JSON.stringify([...(response?.headers ?? [])]) + (await response?.text())
    expect(told).not.toMatch(/\{[\w.]+\}/)
  },
)

test.each(all)('lists the calls of $name with the uploaded files', async ({ name }) => {
  await using mock = await startMock({ port: 0, gateway: name, token: 'right' })
  const { status } = await send(mock.url)
  const sha256 = expect.stringMatching(/^[\da-f]{64}$/) as string
  expect(mock.calls).toMatchObject([{ status, files: [{ filename: 'short.wav', size: wav.size, sha256 }] }])
})

test('an unknown gateway throws an error with the nearest', async () => {
  const [{ name } = { name: '' }] = all
  const typo = name.slice(0, -1)
  await expect(startMock({ port: 0, gateway: typo })).rejects.toThrow(
    `Unknown gateway '${typo}'. Did you mean '${name}'?`,
  )
})

test.each(states)('an unknown state of $name throws an error with the known ones', async ({ name, known }) => {
  const told = known.length > 0 ? `Known: ${known.join(', ')}` : 'It has no states'
  await expect(startMock({ port: 0, gateway: name, states: ['x'] })).rejects.toThrow(
    `'${name}' has no state 'x'. ${told}`,
  )
})

test.each(all)('$name survives an aborted upload', async ({ name }) => {
  await using mock = await startMock({ port: 0, gateway: name, token: 'right' })
  const { hostname, port } = new URL(mock.url)
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        'POST /audio-to-text HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 999\r\n\r\n--b\r\n',
      )
      setTimeout(() => socket.destroy(), 50)
    })
    socket.on('close', () => resolve())
  })
  expect((await send(mock.url)).status).toBeGreaterThanOrEqual(200)
})
