import type { Piece } from '../model/detection/find-speech.ts'

/** A model by its name. */
export interface ModelSource {
  name: string
  /** Folder with its `encoder_model.onnx` and `decoder_model_merged.onnx`; default: included. */
  folder?: string | undefined
}

/** The options of the threads. */
export interface ModelOptions {
  maxDuration: number
  /** The first one is the default. */
  models: readonly ModelSource[]
  ffmpeg: string
}

/** A piece of speech for one of the models. */
export interface ModelPiece extends Piece {
  /** The name of the model; default: the first one. */
  model: string | undefined
}
