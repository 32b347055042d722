import { listOperations, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { createServer, HttpError, urlOf, type ErrorOptions, type Server } from '@livepeer-ai/server'
import type { CallLog } from './calls/call-log.ts'
import type { PendingCall } from './calls/call.ts'
import { describeCall } from './calls/describe-call.ts'
import { noteFile } from './calls/note-file.ts'
import type { FileNotes } from './calls/noted-form.ts'
import type { ReportProblem } from './calls/problem.ts'
import type { Stage } from './calls/stage.ts'
import { listViolations, problemMembers, violationsHeader } from './calls/violations-header.ts'
import type { Script } from './control/script.ts'
import { repairDescription } from './description/repair-description.ts'
import type { MockOptions } from './mock-options.ts'
import { createAnswer, type Answer } from './prism/answer.ts'
import { preferErrorExample } from './prism/prefer.ts'
import { loadPrism } from './prism/prism.ts'
import { createRecorder } from './record/recorder.ts'
import { createReplayer } from './record/replayer.ts'

/** Thrown for a description that cannot be served. */
export class DescriptionError extends Error {
  override name = 'DescriptionError' as const
}

/** The parts of a mock that stay when its description changes. */
export interface MockParts {
  options: MockOptions
  maxBytes: number | undefined
  /** The imitated gateway. */
  imitation: Stage | undefined
  script: Script
  log: CallLog
}

/** A server for a description. */
export interface ServedDescription extends Pick<Server, 'fetch' | 'refuse'> {
  operations: Operation[]
}

/**
 * Returns a server that answers the operations of a description.
 *
 * @throws DescriptionError, RecordingError
 */
export async function serveDescription(description: OpenAPI, parts: MockParts): Promise<ServedDescription> {
  const { dynamic, seed, onEvent } = parts.options
  const report = once((problem) => onEvent?.({ type: 'problem', ...problem }))
  const repaired = repairDescription(description, report)
  const stage = await createStage(repaired, parts)
  try {
    const operations = listOperations(repaired)
    if (Object.keys(description.paths ?? {}).length && !operations.length)
      throw new Error('no operation of it can be served')
    const { callbacks, errors, ignoreExamples } = parts.options
    const engineOptions = { report, callbacks, errors, ignoreExamples }
    const engine = await loadPrism(repaired, engineOptions)
    const answer = createAnswer(repaired, { dynamic, seed }, engine, engineOptions)
    const errorOptions = {
      generateError: engine.generate,
      preferredExample: preferErrorExample,
      problemMembers,
      onProblem: report,
    }
    return { ...createMockServer(repaired, parts, stage, answer, errorOptions), operations }
  } catch (error) {
    throw new DescriptionError(`The description cannot be served: ${(error as Error).message}`, { cause: error })
  }
}

/** Reports each problem once: many operations may use a schema. */
function once(report: ReportProblem): ReportProblem {
  const known = new Set<string>()
  return (problem) => {
    const key = `${problem.pointer} ${problem.message}`
    if (known.has(key)) return
    known.add(key)
    report(problem)
  }
}

async function createStage(
  description: OpenAPI,
  { options: { replay, record, onEvent }, imitation }: MockParts,
): Promise<Stage | undefined> {
  if (replay !== undefined) return createReplayer(replay, description)
  if (!record) return imitation
  return createRecorder({
    ...record,
    description,
    onRecorded: (recorded) => onEvent?.({ type: 'recorded', ...recorded }),
  })
}

function createMockServer(
  description: OpenAPI,
  parts: MockParts,
  stage: Stage | undefined,
  answer: Answer,
  errorOptions: ErrorOptions,
): Server {
  const { options, maxBytes, imitation, script, log } = parts
  const { token, exampleFor, onEvent } = options
  const pending = new WeakMap<Request, PendingCall>()
  return createServer<FileNotes>({
    description,
    tokens: token === undefined ? undefined : [token],
    maxBytes,
    negotiates: true,
    receiveFile: noteFile,
    cors: options.cors,
    around: stage?.around,
    requestIds: !imitation,
    ...errorOptions,
    servesDescription: !imitation,
    errorHeaders: imitation ? undefined : (error) => violationsHeader(listViolations(error)),
    otherwise: imitation ? undefined : (request) => welcome(request, description),
    errorExamples: imitation !== undefined,
    onError: (error) => onEvent?.({ type: 'problem', pointer: '', message: `An answer failed: ${String(error)}` }),
    handle(call) {
      const form = stage?.formOf(call.request)
      // The stage has read the form without a limit.
      if (form?.files.some(({ size }) => size > (maxBytes ?? Infinity)))
        throw new HttpError(413, 'The file is too large.')
      const described = describeCall(call.request, call.operation, form ?? call)
      pending.set(call.request, described)
      return script.play(described, async () => {
        const documented = await answer(call, (form ?? call).files)
        const body = documented.ok ? await exampleFor?.(described) : undefined
        return body === undefined ? documented : new Response(JSON.stringify(body), documented)
      })
    },
    onResponse(request, operation, { status }) {
      const form = stage?.formOf(request) ?? { fields: {}, files: [] }
      const call = { ...(pending.get(request) ?? describeCall(request, operation, form)), status }
      log.add(call)
      onEvent?.({ type: 'call', call })
    },
  })
}

/** Answers `GET /` with what is served, unless the description has that path. */
function welcome(request: Request, description: OpenAPI): Response | undefined {
  if (urlOf(request).pathname !== '/' || !/^(GET|HEAD)$/.test(request.method)) return undefined
  // Not every document that can be served is valid.
  const { title = 'An API without a title', version = '' } = (description.info ?? {}) as Partial<OpenAPI['info']>
  const operations = listOperations(description).map(({ method, path }) => `${method} ${path}`)
  return Response.json({
    serves: `${title} ${version}`.trim(),
    by: '@livepeer-ai/mock',
    description: ['/openapi.json', '/openapi.yaml'],
    control: '/__mock/openapi.json',
    operations,
  })
}
