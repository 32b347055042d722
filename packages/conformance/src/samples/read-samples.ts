import { readFile } from 'node:fs/promises'
import { isObject } from '@livepeer-ai/openapi'
import { parse } from 'yaml'
import type { SampleEntry } from './make-samples.ts'

/** Unusable file of samples. The message names the file and the reason. */
export class SamplesError extends Error {
  override name = 'SamplesError' as const
}

const places = ['path', 'query', 'header', 'cookie', 'body']

/** Reads a file of samples: by operationId, `path`, `query`, `header`, `cookie` and `body`. */
export async function readSamples(file: string): Promise<Record<string, SampleEntry>> {
  const document: unknown = await readFile(file, 'utf8')
    .then(parse)
    .catch((error: NodeJS.ErrnoException) => {
      const reason = error.code === 'ENOENT' ? 'no such file' : error.message.split('\n')[0]
      throw new SamplesError(`${file}: ${reason}`)
    })
  if (!isObject(document)) throw new SamplesError(`${file}: expected operationIds with the values of their requests`)
  for (const [operationId, entry] of Object.entries(document)) {
    const unknown = isObject(entry) ? Object.keys(entry).find((key) => !places.includes(key)) : ''
    if (unknown !== undefined)
      throw new SamplesError(`${file}: ${operationId}: expected ${places.join(', ')}, found ${unknown || 'no mapping'}`)
  }
  return document as Record<string, SampleEntry>
}
