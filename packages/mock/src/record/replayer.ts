import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NotedForm } from '../gateway/imitate-gateway.ts'
import { problemResponse } from '../prism/problem-response.ts'
import type { Har, HarEntry } from './har.ts'
import { fingerprint, noteRequest, type NotedRequest } from './note-request.ts'
import { RecordingError } from './recorded.ts'
import { passedBack } from './recorder.ts'
import type { Stage } from '../stage.ts'

/** Answers as it was recorded. Of several recordings of one request each is given once, in their order, and the last from then on. */
export async function createReplayer(directory: string): Promise<Stage> {
  const recordings = await readRecordings(directory)
  const forms = new WeakMap<Request, NotedForm>()

  async function around(request: Request): Promise<Response> {
    const noted = await noteRequest(request, request.body ?? nothing())
    if (noted.form) forms.set(request, noted.form)
    const known = recordings.get(fingerprint(noted)) ?? []
    const entry = known.length > 1 ? known.shift() : known[0]
    if (!entry) return problemResponse(404, missing(noted, recordings.size))
    const { status, headers, content } = entry.response
    return passedBack(status, headers, Buffer.from(content.text, content.encoding ?? 'utf8'))
  }
  return { around, formOf: (request) => forms.get(request) }
}

async function readRecordings(directory: string): Promise<Map<string, HarEntry[]>> {
  const recordings = new Map<string, HarEntry[]>()
  try {
    const files = (await readdir(directory)).filter((name) => name.endsWith('.har')).toSorted()
    if (!files.length) throw new Error('there is no .har file')
    for (const file of files) {
      const { log } = JSON.parse(await readFile(join(directory, file), 'utf8')) as Har
      for (const entry of log.entries) {
        const { method, _path: path, postData } = entry.request
        const key = fingerprint({ method, path, ...(postData && { postData }) })
        recordings.set(key, [...(recordings.get(key) ?? []), entry])
      }
    }
  } catch (error) {
    throw new RecordingError(`Cannot replay ${directory}: ${(error as Error).message}`)
  }
  return recordings
}

function missing({ method, path, form }: NotedRequest, count: number): string {
  const parts = [
    ...Object.entries(form?.fields ?? {}).map(([name, value]) => `${name}=${value.slice(0, 80)}`),
    ...(form?.files ?? []).map(({ name, value }) => `${name} with sha256 ${value.sha256}`),
  ]
  const what = `${method} ${path}${parts.length ? ` (${parts.join(', ')})` : ''}`
  return `Nothing is recorded for ${what}; there are recordings of ${count} other requests. Record it with --record.`
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
