import { isObject } from '@livepeer-ai/openapi'
import { findGateway, listDeviations, type RequestFacts as Facts } from '@livepeer-ai/openapi/gateways'
import { buildReport } from './build-report.ts'
import { costOf } from '../wire/cost.ts'
import { judgeRunDrift } from './judge-run-drift.ts'
import { headerOf, type Exchange, type Header, type ReceivedResponse } from '../exchange.ts'
import { judgeCheck } from '../judge/judge-check.ts'
import { selectDeviationsInForce } from '../judge/find-deviation.ts'
import { planSuite } from './plan-suite.ts'
import { redactResponse, redactText, secretHeaders } from '../wire/redact.ts'
import type { Report } from '../report.ts'
import type { SuiteOptions } from './run-suite.ts'

/** A recording that is no HTTP Archive. */
export class HarError extends Error {
  override name = 'HarError' as const
}

/** Nothing is sent there. */
const nowhere = 'http://recording.example'

interface HarMessage {
  headers?: { name: string; value: string }[]
  httpVersion?: string
}

interface HarEntry {
  startedDateTime?: string
  time?: number
  request: HarMessage & { method: string; url: string; postData?: { text?: string } }
  response: HarMessage & { status: number; statusText?: string; content?: { text?: string; encoding?: string } }
}

/**
 * Judges recorded exchanges (HTTP Archive 1.2) by every check that reads what others send, and looks for drift. Sends nothing.
 * Only the exchanges with the contract's operation, and with the gateway's own description, are looked at.
 * Credentials read `{token}` from here on.
 *
 * @throws HarError
 */
export async function judgeHar(text: string, options: SuiteOptions): Promise<Report> {
  const now = new Date()
  const gateway = options.gateway && options.gateway !== 'none' ? findGateway(options.gateway) : undefined
  const chosen = { ...options, url: options.url || nowhere, profile: options.profile ?? 'full' }
  const plan = await planSuite(chosen, gateway)
  const { path } = plan.context.operation
  const exchanges = entriesOf(text).flatMap((entry, index) => toExchange(entry, index, path))
  if (!exchanges.some(({ request }) => request.facts.path === path))
    throw new HarError(`The recording has no exchange with ${path}.`)
  const deviations = gateway ? await listDeviations(gateway) : []
  const known = selectDeviationsInForce(deviations, exchanges)
  const drift = await judgeRunDrift(plan.context, exchanges, {
    deviations: known,
    ...(gateway && { gateway }),
    now,
    ...(options.baseline && { baseline: options.baseline }),
  })
  const circumstances = {
    ...drift.circumstances,
    session: { exchanges, of: () => [], confirm: async () => exchanges, cost: costOf([]) },
    deviations: known,
    waivers: options.waivers ?? [],
    url: options.url || new URL(exchanges[0]!.request.url).origin,
    now,
  }
  const readers = plan.checks.filter(({ check, hindrance }) => !hindrance && check.plan(plan.context).length === 0)
  const checks = await Promise.all(readers.map(async (planned) => judgeCheck(planned, circumstances)))
  const nothingSent = { ...plan, checks: readers, distinct: [] }
  return buildReport(
    chosen,
    nothingSent,
    { ...circumstances, deviations },
    {
      checks,
      drift: drift.findings,
      ...(gateway && { gateway }),
    },
  )
}

function entriesOf(text: string): HarEntry[] {
  let archive: unknown
  try {
    archive = JSON.parse(text)
  } catch {
    throw new HarError('The recording is not JSON.')
  }
  const log = isObject(archive) ? archive['log'] : undefined
  const entries = isObject(log) ? log['entries'] : undefined
  if (!Array.isArray(entries)) throw new HarError('The recording is no HTTP Archive: it has no log.entries.')
  const broken = entries.findIndex((entry: unknown) => !isEntry(entry))
  if (broken >= 0) throw new HarError(`Entry ${broken + 1} of the recording has no request with a URL, or no response.`)
  return entries as HarEntry[]
}

const isEntry = (entry: unknown): boolean =>
  isObject(entry) &&
  isObject(entry['request']) &&
  isObject(entry['response']) &&
  typeof entry['request']['url'] === 'string' &&
  URL.canParse(entry['request']['url'])

/** The entry as an exchange, when it is one with the operation at this path or with the gateway's description of itself. */
function toExchange(
  { startedDateTime = '', time = 0, request, response }: HarEntry,
  index: number,
  path: string,
): Exchange[] {
  const url = new URL(request.url)
  const target = [path, '/openapi.json'].find((one) => url.pathname.endsWith(one))
  if (target === undefined) return []
  const secrets = secretsOf(request, url)
  const cut = (value: string) => redactText(value, secrets)
  const headers = headersOf(request).map(([name, value]): Header => [name, cut(value)])
  const { text = '', encoding } = response.content ?? {}
  const received: ReceivedResponse = {
    httpVersion: (response.httpVersion ?? 'HTTP/1.1').replace('HTTP/', ''),
    status: response.status,
    reason: response.statusText ?? '',
    headers: headersOf(response),
    body: Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8'),
    interim: [],
    headersMs: time,
    faults: [],
  }
  return [
    {
      request: {
        // Nobody knows whether a recorded request was one to be refused: it counts as one that may be transcribed.
        plan: { method: request.method, target, seconds: 1 },
        id: `har-${index + 1}`,
        url: url.origin + url.pathname,
        method: request.method,
        target: url.pathname,
        headers,
        body: Buffer.from(cut(request.postData?.text ?? '')),
        facts: factsOf(request.method, target, headers),
      },
      ...(response.status > 0
        ? { response: redactResponse(received, secrets) }
        : { failure: { code: 'dropped' as const, message: 'the recording has no answer' } }),
      startedAt: startedDateTime,
      ms: time,
    },
  ]
}

/** What a recorded request proves itself with. Words as short as a scheme are none. */
function secretsOf(request: HarMessage, { searchParams }: URL): string[] {
  const carriers = headersOf(request).filter(([name]) => secretHeaders.has(name.toLowerCase()))
  const words = carriers.flatMap(([, value]) => [value.replace(/^\S+ +/, ''), ...value.split(/[\s;,=]+/)])
  return [...words, searchParams.get('access_token') ?? ''].filter((word) => word.length >= 8)
}

const headersOf = ({ headers = [] }: HarMessage): Header[] => headers.map(({ name, value }) => [name, value])

function factsOf(method: string, path: string, headers: Header[]): Facts {
  const mediaType = headerOf({ headers }, 'content-type')?.split(';')[0]!.trim().toLowerCase()
  const origin = headerOf({ headers }, 'origin')
  const authorization = headerOf({ headers }, 'authorization')
  return {
    method,
    path,
    token: authorization ? 'right' : 'none',
    ...(mediaType && { mediaType }),
    ...(origin && { origin }),
  }
}
