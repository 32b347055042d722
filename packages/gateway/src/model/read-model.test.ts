import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readModel } from './read-model.ts'

async function createFolder(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'model-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

const sha256 = '2bd806c97f0e00af1a1fc3328fa763a9269723c8db8fac4f93af71db186d6e90'

test('readModel() reads the parts of a model in a folder', async () => {
  const folder = await createFolder({ 'encoder_model.onnx': 'a' })
  expect(Buffer.from(await readModel('encoder', folder)).toString()).toBe('a')
  await expect(readModel('decoder', folder)).rejects.toThrow(
    `The model has no decoder: ${join(folder, 'decoder_model_merged.onnx')} cannot be read.`,
  )
})

test.each([' ', '*'])('readModel() verifies the checksums of the folder (mark: "%s")', async (mark) => {
  const sums = `${sha256} ${mark}encoder_model.onnx\n${sha256} ${mark}decoder_model_merged.onnx\n`
  const folder = await createFolder({
    'encoder_model.onnx': 'alice',
    'decoder_model_merged.onnx': 'mallory',
    SHA256SUMS: sums,
  })
  expect(await readModel('encoder', folder)).toHaveLength(5)
  await expect(readModel('decoder', folder)).rejects.toThrow(
    /decoder_model_merged\.onnx is damaged: its sha256 is \w+, not 2bd8/,
  )
})
