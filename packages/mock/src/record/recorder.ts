import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import { writeWhole } from '@livepeer-ai/openapi/command-line'
import type { NotedForm } from '../calls/noted-form.ts'
import { problemResponse } from '../calls/problem-response.ts'
import type { Stage } from '../calls/stage.ts'
import { createResponseCheck } from './check-response.ts'
import { forward, toResponse, type ForwardedExchange } from './forward.ts'
import type { Har, HarEntry } from './har.ts'
import { listKeptNames } from './kept-names.ts'
import { RecordingError, type Recorded } from './recorded.ts'
import { toHarEntry, toPairs } from './to-har-entry.ts'

interface RecorderOptions {
  directory: string
  /** The base URL of the server that requests are forwarded to. */
  upstream: string
  description: OpenAPI
  onRecorded: (recorded: Recorded) => void
}

/** Returns a layer that forwards requests unchanged and writes each exchange to a HAR file. */
export async function createRecorder(options: RecorderOptions): Promise<Stage> {
  const { directory, upstream, description, onRecorded } = options
  if (!/^https?:$/.test(URL.canParse(upstream) ? new URL(upstream).protocol : ''))
    throw new RecordingError(`'${upstream}' is not an http or https URL`)
  await mkdir(directory, { recursive: true }).catch((error: Error) => {
    throw new RecordingError(`Cannot record into ${directory}: ${error.message}`)
  })
  const findProblems = createProblemFinder(description)
  const keptNames = listKeptNames(description)
  const write = createHarWriter(directory)
  const forms = new WeakMap<Request, NotedForm>()

  async function around(request: Request): Promise<Response> {
    const [started, begin] = [new Date(), performance.now()]
    const { pathname, search } = new URL(request.url)
    const url = `${upstream.replace(/\/$/, '')}${pathname}${search}`
    let exchange: ForwardedExchange
    try {
      exchange = await forward(url, request, keptNames)
    } catch (error) {
      return problemResponse(502, `No answer from ${new URL(upstream).origin}: ${(error as Error).message}`)
    }
    const ms = Math.round(performance.now() - begin)
    const { sent, incoming, body } = exchange
    if (sent.form) forms.set(request, sent.form)
    const { statusCode: status = 0, rawHeaders } = incoming
    const problems = findProblems(request.method, pathname, exchange)
    const file = await write(toHarEntry(request, exchange, { url, started, ms, problems, keptNames }))
    onRecorded({ method: request.method, path: sent.path, status, ms, file, problems })
    return toResponse(status, toPairs(rawHeaders), body)
  }

  return { around, formOf: (request) => forms.get(request) }
}

/** Returns a function that lists the differences between a response and the description. */
function createProblemFinder(description: OpenAPI) {
  const check = createResponseCheck(description)
  const operations = listOperations(description)
  return (method: string, pathname: string, { incoming, body }: ForwardedExchange): string[] => {
    const operation = operations.find((candidate) => candidate.method === method && pathname.endsWith(candidate.path))
    if (!operation) return [`${method} ${pathname} is not an operation of the description`]
    const { statusCode: status = 0, headers } = incoming
    return check(operation, { status, mediaType: headers['content-type'] ?? '', body })
  }
}

/** Returns a function that writes an entry to the next HAR file and returns its path. */
function createHarWriter(directory: string): (entry: HarEntry) => Promise<string> {
  const session = new Date().toISOString().replaceAll(/[:.]/g, '-')
  let count = 0
  return async (entry) => {
    const file = join(directory, `${session}-${String(++count).padStart(4, '0')}.har`)
    const creator = { name: '@livepeer-ai/mock', version: '1' }
    const har: Har = { log: { version: '1.2', creator, entries: [entry] } }
    await writeWhole(file, `${JSON.stringify(har, null, 2)}\n`)
    return file
  }
}
