import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMock, type Mock } from '@livepeer-ai/mock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownTools } from './own-tools.ts'
import { runConsumer } from './run-consumer.ts'

const folder = await mkdtemp(join(tmpdir(), 'consumers-'))
let mock: Mock
beforeAll(async () => {
  mock = await startMock({ port: 0 })
})
afterAll(async () => {
  await mock.close()
  await rm(folder, { recursive: true })
})

test.each(Object.entries(ownTools))('an app transcribes with %s', async (name, consumer) => {
  await expect(runConsumer(name, consumer, mock.url, folder)).resolves.toBeUndefined()
})
