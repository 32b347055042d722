import { brotliCompressSync } from 'node:zlib'
import { description, operationTable, resolveSchema } from '@livepeer-ai/openapi'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/**
 * The fields that `audioToText()` converts itself. Further fields and operations cost some bytes.
 */
const handled = new Set(['audio', 'model_id', 'return_timestamps', 'metadata'])
const { properties } = resolveSchema(description, { $ref: '#/components/schemas/Body_genAudioToText' })
const more = Object.keys(properties as object).filter((name) => !handled.has(name))

test('createClient() and audioToText(), with all that they load, are at most 5.0 KB in a browser', async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import { createClient } from '@livepeer-ai/client'
        globalThis.transcribe = (baseUrl, audio) => createClient({ baseUrl }).audioToText({ audio })`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    write: false,
    metafile: true,
    // As bundlers do: the progress of uploads is a file of its own, which most apps never load.
    splitting: true,
    outdir: 'out',
  })
  const [loaded, ...later] = outputFiles
  expect(later.map(({ path }) => path)).toEqual([expect.stringMatching(/send-with-progress/)])
  expect(Object.keys(metafile.inputs).filter((input) => /streaming\/|captions/.test(input))).toEqual([])
  expect(brotliCompressSync(loaded?.contents ?? '').length).toBeLessThanOrEqual(
    5000 + 30 * more.length + 60 * (operationTable.length - 1),
  )
})
