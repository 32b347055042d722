import { describe, expect, test } from 'vitest'
import { TranscriberError } from '../transcriber-error.ts'
import { createSession, loadRuntime, type Runtime } from './runtime.ts'

const native = { InferenceSession: 'session', Tensor: 'tensor' } as unknown as Runtime
const web = { ...native, env: { wasm: { numThreads: 4, wasmBinary: undefined } } }

const notInstalled = (specifier: string) =>
  Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' })

/** Returns the given module for an import, or throws if it is an error. */
const importFrom = (modules: Record<string, unknown>) => (specifier: string) => {
  const module = modules[specifier] ?? notInstalled(specifier)
  return module instanceof Error ? Promise.reject(module) : Promise.resolve(module)
}

describe('loadRuntime()', () => {
  test('uses onnxruntime-node if it is installed', async () => {
    expect(await loadRuntime(importFrom({ 'onnxruntime-node': native, 'onnxruntime-web/wasm': web }))).toEqual(native)
    expect(await loadRuntime(importFrom({ 'onnxruntime-node': { default: native } }))).toBe(native)
  })

  test('uses WebAssembly otherwise, with one thread and the packaged binary', async () => {
    expect(await loadRuntime(importFrom({ 'onnxruntime-web/wasm': web }))).toBe(web)
    expect(web.env.wasm.numThreads).toBe(1)
    expect(
      Buffer.from(web.env.wasm.wasmBinary ?? [])
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('\0asm')
  })

  test.for([
    new Error('libonnxruntime.so.1: cannot open shared object file'),
    Object.assign(notInstalled('onnxruntime-common'), { message: "Cannot find package 'onnxruntime-common'" }),
  ])('reports an installed onnxruntime-node that does not start', async (cause) => {
    const loading = loadRuntime(importFrom({ 'onnxruntime-node': cause, 'onnxruntime-web/wasm': web }))
    await expect(loading).rejects.toThrow(TranscriberError)
    await expect(loading).rejects.toThrow('onnxruntime-node is installed and does not start. Reinstall or remove it.')
  })
})

test('createSession() uses one thread: the recognizers have threads of their own', async () => {
  const seen: unknown[] = []
  const create = (_: Uint8Array, options: unknown) => Promise.resolve(void seen.push(options))
  await createSession({ InferenceSession: { create } } as unknown as Runtime, new Uint8Array(8))
  expect(seen).toEqual([expect.objectContaining({ intraOpNumThreads: 1 })])
})
