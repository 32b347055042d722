import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readWeights } from '@livepeer-ai/model'
import { TranscriberError } from '../transcriber-error.ts'

/** The parts of a model, with the names of their files in a folder. */
export const modelFiles = { encoder: 'encoder_model.onnx', decoder: 'decoder_model_merged.onnx' } as const

/**
 * Reads a part of the model in a folder; default: of `@livepeer-ai/model`. A file
 * `SHA256SUMS` in the folder, as `sha256sum` writes it, is verified.
 * @throws TranscriberError
 */
export async function readModel(part: keyof typeof modelFiles, folder: string | undefined): Promise<Uint8Array> {
  if (folder === undefined) return readWeights(part)
  const name = modelFiles[part]
  const path = join(folder, name)
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new TranscriberError(`The model has no ${part}: ${path} cannot be read.`, { cause })
  })
  const sums = await readFile(join(folder, 'SHA256SUMS'), 'utf8').catch(() => '')
  const line = sums.split('\n').find((one) => one.slice(66).trim() === name)
  const expected = line?.slice(0, 64)
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (expected !== undefined && expected !== actual)
    throw new TranscriberError(`${path} is damaged: its sha256 is ${actual}, not ${expected}.`)
  return bytes
}
