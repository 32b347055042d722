import { connect } from 'node:net'
import { createRequire } from 'node:module'
import type { Contract, Operation, Schema } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import { summarize, type ContractReport, type ContractResult } from './contract-report.ts'
import { essence, runDredd, type DreddResult, type PlannedTransaction } from './dredd/run-dredd.ts'
import { knownDeviation } from './known-deviation.ts'
import { isJson } from '../exchange.ts'
import { mergeProblems, type Problem } from './problem.ts'
import { scenarioRequest } from './scenario-request.ts'
import { redactText } from '../wire/redact.ts'
import { UnreachableError } from '../wire/unreachable-error.ts'
import type { Scenario } from './scenario.ts'
import { secondJudge, type SecondJudge } from './second-judge.ts'

export interface ContractOptions {
  /** Base URL of the gateway. */
  url: string
  contract: Contract
  scenarios: Scenario[]
  /** Bearer token for operations that ask for one. */
  token?: string
  /** The gateway's upload limit in bytes; 50 MiB unless given. One scenario sends a byte more. */
  maxBytes?: number
  /** How long a response may take; 120 s unless given. */
  timeoutMs?: number
  /** Why a scenario is left out; undefined for one that is to run. */
  skip?: (scenario: Scenario) => string | undefined
  /** Differences that are known of this gateway. What they explain is no failure. */
  deviations?: readonly Deviation[]
  /** Called as each result comes in. */
  onResult?: (result: ContractResult, done: number, total: number) => void
}

/**
 * Sends every scenario through Dredd and has two judges look at each response: Dredd's validator, which sees the schema in draft-07, and Ajv,
 * which sees it as it stands. They must agree. A documented response without a scenario is in the report as uncovered.
 *
 * @throws UnreachableError, ScenarioError, DreddError
 */
export async function runContract(options: ContractOptions): Promise<ContractReport> {
  const {
    url,
    contract,
    scenarios,
    token = 'contract-run',
    maxBytes = 50 * 1024 * 1024,
    timeoutMs = 120_000,
    deviations = [],
    skip = () => undefined,
    onResult,
  } = options
  const startedAt = new Date()
  const operations = new Map(contract.operationTable.map((operation) => [operation.operationId, operation]))
  const plans = await Promise.all(
    scenarios.map((scenario) => plan(contract, scenario, operations.get(scenario.operationId)!, { token, maxBytes })),
  )
  const uncovered = uncoveredResponses(contract, plans)
  const sent = plans.filter(({ scenario }) => skip(scenario) === undefined)
  await reach(url)

  const judge = secondJudge()
  const results: ContractResult[] = []
  const add = (result: ContractResult) => {
    results.push(result)
    onResult?.(result, results.length, plans.length + uncovered.length)
  }
  for (const result of uncovered) add(result)
  for (const one of plans) {
    const note = skip(one.scenario)
    if (note !== undefined) add(skipped(one, note))
  }
  await runDredd({
    url,
    skeleton: contract.dreddSkeleton,
    transactions: sent.map(({ transaction }) => transaction),
    timeoutMs,
    onResult: (index, result) => add(withoutToken(verdict(sent[index]!, result, { url, judge, deviations }), token)),
  })
  return {
    title: contract.description.info.title,
    url,
    startedAt: startedAt.toISOString(),
    ms: Date.now() - startedAt.getTime(),
    versions: versions(),
    ...summarize(results),
    results,
  }
}

interface Plan {
  scenario: Scenario
  operation: Operation
  transaction: PlannedTransaction
  schema: Schema | undefined
  bytes: number
}

async function plan(
  contract: Contract,
  scenario: Scenario,
  operation: Operation,
  options: { token: string; maxBytes: number },
): Promise<Plan> {
  const { operationId, status, mediaType = operation.responses[status]![0] } = scenario
  const request = await scenarioRequest(scenario, operation, options)
  const bodySchema =
    mediaType && isJson(essence(mediaType)) ? contract.draft07Schemas[operationId]?.[status]?.[mediaType] : undefined
  return {
    scenario,
    operation,
    transaction: {
      method: operation.method,
      skeletonPath: operation.path.replaceAll(/[{}]/g, ''),
      status,
      ...(mediaType && { mediaType }),
      ...(bodySchema && { bodySchema }),
      request,
    },
    schema: bodySchema && mediaType ? contract.schemas[operationId]?.responses[status]?.[mediaType] : undefined,
    bytes: request.body.length,
  }
}

function skipped(
  { scenario: { operationId, status, name }, operation: { method, path } }: Plan,
  note: string,
): ContractResult {
  return { operationId, method, path, status, scenario: name, outcome: 'not-provoked', problems: [], note, ms: 0 }
}

/** Every documented response that no scenario asks for. Ranges and `default` are among them: Dredd understands neither. */
function uncoveredResponses({ operationTable }: Contract, plans: Plan[]): ContractResult[] {
  return operationTable.flatMap(({ operationId, method, path, responses }) =>
    Object.entries(responses).flatMap(([status, mediaTypes]) =>
      (mediaTypes.length ? mediaTypes : [undefined])
        .filter(
          (mediaType) =>
            !plans.some(
              ({ operation, transaction }) =>
                operation.operationId === operationId &&
                transaction.status === status &&
                transaction.mediaType === mediaType,
            ),
        )
        .map((mediaType): ContractResult => ({
          operationId,
          method,
          path,
          status,
          ...(mediaType && { mediaType }),
          outcome: 'uncovered',
          problems: [{ judges: ['run'], part: 'exchange', message: 'no scenario asks for this documented response' }],
          ms: 0,
        })),
    ),
  )
}

function verdict(
  { scenario, operation, transaction, schema, bytes }: Plan,
  result: DreddResult,
  { url, judge, deviations }: { url: string; judge: SecondJudge; deviations: readonly Deviation[] },
): ContractResult {
  const { operationId, status, name, prefer } = scenario
  const { method, path } = operation
  const { response, ms } = result
  const notProvoked = Boolean(prefer) && response !== undefined && isIgnored(response)
  const problems = notProvoked
    ? []
    : mergeProblems(result.problems, secondOpinion(result, transaction.mediaType, schema, judge))
  const known = problems.length ? knownDeviation(deviations, scenario, operation, transaction, result) : undefined
  return {
    operationId,
    method,
    path,
    status,
    ...(transaction.mediaType && { mediaType: transaction.mediaType }),
    scenario: name,
    outcome: notProvoked ? 'not-provoked' : known ? 'known' : problems.length ? 'fail' : 'pass',
    problems,
    ...(known && { note: `${known.id}: ${known.summary}` }),
    ...(notProvoked && { note: `answered ${response.status}: this server does not honour 'Prefer: ${prefer}'` }),
    request: { url: url.replace(/\/$/, '') + transaction.request.uri, headers: transaction.request.headers, bytes },
    ...(response && { response: { ...response, body: response.body.slice(0, 2_000) } }),
    ms,
  }
}

/** A preference that was followed is confirmed (RFC 7240), or shows in the status. */
function isIgnored({ status, headers }: NonNullable<DreddResult['response']>): boolean {
  return status >= 200 && status < 300 && !headers['preference-applied']
}

function secondOpinion(
  { problems, response }: DreddResult,
  mediaType: string | undefined,
  schema: Plan['schema'],
  judge: SecondJudge,
): Problem[] {
  if (!schema || !response || essence(response.headers['content-type'] ?? '') !== mediaType) return []
  const opinion = judge(schema, response.body)
  const first = problems.filter(({ part }) => part === 'body')
  const agree = opinion.length > 0 === first.length > 0
  const disagreement: Problem = {
    judges: ['run'],
    part: 'body',
    pointer: '',
    message: `the judges disagree: ${opinion.length ? 'only Ajv' : 'only Dredd'} finds fault with the body`,
  }
  return agree ? opinion : [...opinion, disagreement]
}

/** The token leaves the process in the requests alone. */
const withoutToken = (result: ContractResult, token: string): ContractResult =>
  JSON.parse(JSON.stringify(result), (_, value: unknown) =>
    typeof value === 'string' ? redactText(value, [token]) : value,
  ) as ContractResult

async function reach(url: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url)
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    timeout: 10_000,
  })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('timeout', () => reject(new Error('no connection after 10 s')))
      socket.once('error', reject)
    })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UnreachableError(`Cannot reach ${url}: ${code ?? message}. Is the gateway running there?`)
  } finally {
    socket.destroy()
  }
}

function versions(): Record<string, string> {
  const require = createRequire(import.meta.url)
  const version = (name: string) => (require(`${name}/package.json`) as { version: string }).version
  return { node: process.versions.node, dredd: version('dredd'), ajv: version('ajv') }
}
