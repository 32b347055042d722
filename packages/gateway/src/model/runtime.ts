import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type * as onnxruntime from 'onnxruntime-web/wasm'
import { release } from '../release.ts'
import { TranscriberError } from '../transcriber-error.ts'

/** The common interface of both builds of ONNX Runtime. */
export type Runtime = Pick<typeof onnxruntime, 'InferenceSession' | 'Tensor'>
export type Session = onnxruntime.InferenceSession
export type Tensor = onnxruntime.Tensor

export type ImportModule = (specifier: string) => Promise<unknown>

/**
 * Loads ONNX Runtime: the native `onnxruntime-node` if it is installed, or the WebAssembly build,
 * which is always installed. Throws a TranscriberError if the native one does not start.
 */
export async function loadRuntime(importModule: ImportModule = (specifier) => import(specifier)): Promise<Runtime> {
  try {
    return toRuntime(await importModule('onnxruntime-node'))
  } catch (cause) {
    if (isNotInstalled(cause)) return loadWebAssembly(importModule)
    throw new TranscriberError('onnxruntime-node is installed and does not start. Reinstall or remove it.', { cause })
  }
}

async function loadWebAssembly(importModule: ImportModule): Promise<Runtime> {
  const runtime = (await importModule('onnxruntime-web/wasm')) as typeof onnxruntime
  // More threads need a browser worker, which Node does not have.
  runtime.env.wasm.numThreads = 1
  const file = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
  runtime.env.wasm.wasmBinary = await readFile(file)
  return runtime
}

function isNotInstalled(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.includes("'onnxruntime-node'")
  )
}

/** A CommonJS module, whose exports Node cannot always list. */
function toRuntime(module: unknown): Runtime {
  const { InferenceSession, Tensor, default: exports } = module as Runtime & { default?: Runtime }
  return exports ?? { InferenceSession, Tensor }
}

/** Fixed sizes of inputs by their name. Known shapes leave less to compute for each token. */
const freeDimensionOverrides = { batch_size: 1, decoder_sequence_length: 1 }

/** Creates a session and releases the bytes of the graph. */
export async function createSession(runtime: Runtime, graph: Uint8Array): Promise<Session> {
  // Warnings about the graph are for its author.
  const fatalOnly = 4
  // The native runtime would start a thread per core for each session, which wait actively.
  const options = {
    logSeverityLevel: fatalOnly,
    graphOptimizationLevel: 'all',
    intraOpNumThreads: 1,
    freeDimensionOverrides,
  } as const
  const session = await runtime.InferenceSession.create(graph, options)
  release(graph)
  if ('env' in runtime) releaseBinary((runtime as typeof onnxruntime).env.wasm)
  return session
}

/** The first session has compiled the binary. */
function releaseBinary(wasm: { wasmBinary?: ArrayBufferLike | Uint8Array | undefined }): void {
  const binary = wasm.wasmBinary
  delete wasm.wasmBinary
  if (binary instanceof Uint8Array) release(binary)
}
