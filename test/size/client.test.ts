import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

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
  expect(brotliCompressSync(loaded?.contents ?? '').length).toBeLessThanOrEqual(5000)
})
