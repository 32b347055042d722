import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('createClient() and audioToText(), with all that they import, are at most 5.0 KB in a browser', async () => {
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
  })
  expect(Object.keys(metafile.inputs).filter((input) => /streaming\/|captions/.test(input))).toEqual([])
  expect(brotliCompressSync(outputFiles[0]?.contents ?? '').length).toBeLessThanOrEqual(5000)
})
