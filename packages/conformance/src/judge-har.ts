import { isObject } from '@livepeer-ai/openapi'
import { findGateway, listDeviations, type Exchange as Facts } from '@livepeer-ai/openapi/gateways'
import { buildReport } from './build-report.ts'
import { headerOf, type Exchange, type Header } from './exchange.ts'
import { judgeCheck } from './judge-check.ts'
import { planSuite } from './plan-suite.ts'
import type { Report } from './report.ts'
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
 * Judges recorded exchanges (HTTP Archive 1.2) by every check that reads what others send. Sends nothing.
 * Only the exchanges with the contract's operation are looked at.
 *
 * @throws HarError
 */
export async function judgeHar(text: string, options: SuiteOptions): Promise<Report> {
  const now = new Date()
  const gateway = options.gateway && options.gateway !== 'none' ? findGateway(options.gateway) : undefined
  const plan = await planSuite({ ...options, url: options.url || nowhere, profile: options.profile ?? 'full' }, gateway)
  const exchanges = entriesOf(text)
    .filter(({ request }) => new URL(request.url).pathname.endsWith(plan.context.operation.path))
    .map(toExchange)
  if (!exchanges.length) throw new HarError(`The recording has no exchange with ${plan.context.operation.path}.`)
  const url = options.url || new URL(exchanges[0]!.request.url).origin
  const circumstances = {
    context: plan.context,
    session: { exchanges, of: () => [], confirm: async () => exchanges },
    deviations: gateway ? await listDeviations(gateway) : [],
    waivers: options.waivers ?? [],
    url,
    now,
  }
  const readers = plan.checks.filter(({ check, hindrance }) => !hindrance && check.plan(plan.context).length === 0)
  const checks = await Promise.all(readers.map(async (planned) => judgeCheck(planned, circumstances)))
  const nothingSent = { ...plan, checks: readers, distinct: [] }
  return buildReport(options, nothingSent, circumstances, { checks, ...(gateway && { gateway }) })
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

function toExchange({ startedDateTime = '', time = 0, request, response }: HarEntry, index: number): Exchange {
  const url = new URL(request.url)
  const headers = headersOf(request)
  const { text = '', encoding } = response.content ?? {}
  return {
    request: {
      plan: { seconds: 0 },
      id: `har-${index + 1}`,
      url: url.origin + url.pathname,
      method: request.method,
      target: url.pathname + url.search,
      headers,
      body: Buffer.from(request.postData?.text ?? ''),
      facts: factsOf(request.method, url, headers),
    },
    ...(response.status > 0
      ? {
          response: {
            httpVersion: (response.httpVersion ?? 'HTTP/1.1').replace('HTTP/', ''),
            status: response.status,
            reason: response.statusText ?? '',
            headers: headersOf(response),
            body: Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8'),
            interim: [],
            headersMs: time,
            faults: [],
          },
        }
      : { failure: { code: 'dropped' as const, message: 'the recording has no answer' } }),
    startedAt: startedDateTime,
    ms: time,
  }
}

const headersOf = ({ headers = [] }: HarMessage): Header[] => headers.map(({ name, value }) => [name, value])

function factsOf(method: string, { pathname }: URL, headers: Header[]): Facts {
  const mediaType = headerOf({ headers }, 'content-type')?.split(';')[0]!.trim().toLowerCase()
  const origin = headerOf({ headers }, 'origin')
  const authorization = headerOf({ headers }, 'authorization')
  return {
    method,
    path: pathname,
    token: authorization ? 'right' : 'none',
    ...(mediaType && { mediaType }),
    ...(origin && { origin }),
  }
}
