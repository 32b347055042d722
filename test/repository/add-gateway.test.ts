import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gateways } from '@livepeer-ai/openapi/gateways'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { specFile } from '../../tools/generate/outputs.ts'

const run = promisify(execFile)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'add-gateway-'))
  await cp(dirname(specFile), join(folder, 'spec'), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true }))

test('the gateway that CONTRIBUTING.md adds is generated and usable', async () => {
  const guide = await readFile(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8')
  const [, example = ''] = /^ {3}```yaml\n(.*?)^ {3}```$/ms.exec(guide) ?? []
  await writeFile(join(folder, 'spec/gateways/quiet-hill.overlay.yaml'), example.replaceAll(/^ {3}/gm, ''))

  const generate = fileURLToPath(new URL('../../tools/generate/generate.ts', import.meta.url))
  const [spec, out] = [join(folder, 'spec/openapi.yaml'), join(folder, 'generated')]
  await run(process.execPath, [generate, '--spec', spec, '--out', out])

  const script = `
    const { gateways } = await import('${out}/gateways.ts')
    const { detailLoaders } = await import('${out}/details.ts')
    const { quietHill } = await import('${out}/gateways/quiet-hill.ts')
    console.log(JSON.stringify({ names: Object.keys(gateways), quietHill, ...(await detailLoaders['quiet-hill']()) }))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
  expect(JSON.parse(stdout)).toMatchObject({
    names: [...new Set([...Object.keys(gateways), 'quiet-hill'])].toSorted(),
    quietHill: {
      servers: ['https://gateway.quiet-hill.example'],
      limits: { maxBytes: 1_048_576 },
      fields: { genAudioToText: { return_timestamps: { required: false, default: 'true', enum: ['word', 'false'] } } },
    },
    description: { servers: [{ url: 'https://gateway.quiet-hill.example' }] },
    deviations: [
      { id: 'quiet-hill/no-sentences', evidence: [{ url: 'https://github.com/quiet-hill/gateway/issues/7' }] },
    ],
  })
  expect(await readFile(join(out, 'deviations.md'), 'utf8')).toContain('| `quiet-hill/no-sentences` |')
})
