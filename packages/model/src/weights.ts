import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * A weights file: its place in the package, its source, and its checksum. Paths are relative to the
 * package.
 */
export interface WeightsFile {
  packed: string
  source: string
  sha256: string
}

export type WeightsName = 'encoder' | 'decoder' | 'voiceActivity'

const moonshine = 'node_modules/@moonshine-ai/moonshine-js/dist/model/tiny/quantized'
const silero = 'node_modules/@ricky0123/vad-web/dist'

/**
 * The ONNX graphs: Moonshine tiny (English, quantized to 8 bits) in two parts, and Silero VAD
 * version 5.
 */
export const weights: Record<WeightsName, WeightsFile> = {
  encoder: {
    packed: 'weights/moonshine-tiny-encoder.onnx',
    source: `${moonshine}/encoder_model.onnx`,
    sha256: 'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
  },
  decoder: {
    packed: 'weights/moonshine-tiny-decoder.onnx',
    source: `${moonshine}/decoder_model_merged.onnx`,
    sha256: 'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
  },
  voiceActivity: {
    packed: 'weights/silero-vad-v5.onnx',
    source: `${silero}/silero_vad_v5.onnx`,
    sha256: '2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f',
  },
}

/** Thrown if a weights file is missing or has another checksum. */
export class WeightsError extends Error {
  override name = 'WeightsError' as const
}

const packageFolder = new URL('../', import.meta.url)

/**
 * Reads and verifies one ONNX graph: the packed file, or in the repository the file of the
 * development dependency. Throws a WeightsError.
 */
export async function readWeights(name: WeightsName, folder: URL = packageFolder): Promise<Uint8Array> {
  const { packed, source, sha256 } = weights[name]
  const advice = folder === packageFolder ? ' Reinstall @livepeer-ai/model.' : ''
  const file = [packed, source].map((path) => new URL(path, folder)).find((url) => existsSync(url))
  if (!file) {
    throw new WeightsError(
      `The ${name} weights are missing: ${fileURLToPath(new URL(packed, folder))} does not exist.${advice}`,
    )
  }
  const bytes = await readFile(file)
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (actual !== sha256) {
    throw new WeightsError(
      `${fileURLToPath(file)} is not the ${name} weights: its sha256 is ${actual}, not ${sha256}.${advice}`,
    )
  }
  return bytes
}
