import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenAPI } from '@livepeer-ai/openapi'
import type { NotedForm } from '../calls/noted-form.ts'
import { problemResponse } from '../calls/problem-response.ts'
import type { Stage } from '../calls/stage.ts'
import { toResponse } from './forward.ts'
import type { Har, HarEntry } from './har.ts'
import { listKeptNames } from './kept-names.ts'
import { fingerprint, noteRequest, type NotedRequest } from './note-request.ts'
import { RecordingError } from './recorded.ts'

/**
 * Returns a layer that answers from recordings. Several recordings of one request are used in their
 * order; the last one is repeated.
 */
export async function createReplayer(directory: string, description: OpenAPI): Promise<Stage> {
  const keptNames = listKeptNames(description)
  const recordings = await readRecordings(directory)
  const forms = new WeakMap<Request, NotedForm>()

  async function around(request: Request): Promise<Response> {
    const noted = await noteRequest(request, request.body ?? nothing(), keptNames)
    if (noted.form) forms.set(request, noted.form)
    const known = recordings.get(fingerprint(noted)) ?? []
    const entry = known.length > 1 ? known.shift() : known[0]
    if (!entry) return problemResponse(404, describeMiss(noted, recordings.size))
    const { status, headers, content } = entry.response
    return toResponse(status, headers, Buffer.from(content.text, content.encoding ?? 'utf8'))
  }
  return { around, formOf: (request) => forms.get(request) }
}

/** Returns the recordings of a directory by the fingerprint of their request. */
async function readRecordings(directory: string): Promise<Map<string, HarEntry[]>> {
  const recordings = new Map<string, HarEntry[]>()
  try {
    const files = (await readdir(directory)).filter((name) => name.endsWith('.har')).toSorted()
    if (!files.length) throw new Error('there is no .har file')
    for (const file of files) {
      const { log } = JSON.parse(await readFile(join(directory, file), 'utf8')) as Har
      for (const entry of log.entries) {
        const { method, _path: path, postData } = entry.request
        const key = fingerprint({ method, path, postData })
        recordings.set(key, [...(recordings.get(key) ?? []), entry])
      }
    }
  } catch (error) {
    throw new RecordingError(`Cannot replay ${directory}: ${(error as Error).message}`)
  }
  return recordings
}

function describeMiss({ method, path, form }: NotedRequest, count: number): string {
  const parts = [
    ...Object.entries(form?.fields ?? {}).map(([name, value]) => `${name}=${value.slice(0, 80)}`),
    ...(form?.files ?? []).map(({ name, value }) => `${name} with sha256 ${value.sha256}`),
  ]
  const request = `${method} ${path}${parts.length ? ` (${parts.join(', ')})` : ''}`
  return `Nothing is recorded for ${request}; there are recordings of ${count} other requests. Record it with --record.`
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
