import { pathToFileURL } from 'node:url'
import { readWeights, type WeightsName } from '@livepeer-ai/model'

/** Reads the weights in a folder; default: those of `@livepeer-ai/model`. */
export function readModel(name: WeightsName, modelFolder: string | undefined): Promise<Uint8Array> {
  return readWeights(name, modelFolder === undefined ? undefined : pathToFileURL(`${modelFolder}/`))
}
