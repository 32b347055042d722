import { findOperationObject, isObject, listOperations, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import type { Answer } from '@livepeer-ai/openapi/gateways'
import type { DriftChange, DriftFinding } from '../../drift-finding.ts'
import type { Exchange } from '../../exchange.ts'
import { groupBy } from '../../group-by.ts'
import { findResponse } from '../descriptions/responses.ts'
import { compareObservations } from './compare-observations.ts'
import { mergeObservations, observeAnswers, type Observation } from './observe-answers.ts'

/** An answer of a known deviation that an exchange shows. */
export interface Explanation {
  answer: Answer
  /** True if the deviation depends on the credentials of the request. */
  isAboutCredentials: boolean
}

/** The answers of a gateway, and the differences that are known of it. */
export interface AnswerSources {
  contract: OpenAPI
  /** Exchanges to compare: their requests were valid HTTP messages. */
  exchanges: readonly Exchange[]
  /** Every exchange of the run; default: the exchanges to compare. Their statuses count. */
  all?: readonly Exchange[] | undefined
  /** The contract with the overlay of the gateway. */
  known?: OpenAPI | undefined
  /** Returns the answers of known deviations that an exchange shows. */
  explain?: ((exchange: Exchange) => readonly Explanation[]) | undefined
  /** Returns the findings of an exchange that its body confirms, and those that it adds. */
  confirm?: ((exchange: Exchange, findings: readonly DriftFinding[]) => DriftFinding[]) | undefined
  /** Removes secrets from the parts of a body that are kept. */
  redact?: ((text: string) => string) | undefined
}

/** One answer with its differences. */
interface ComparedAnswer {
  observation: Observation
  /** Differences from the contract. */
  findings: DriftFinding[]
  /** Differences that neither the overlay nor a deviation of the gateway declares. */
  undeclared: DriftFinding[]
}

/**
 * Compares the answers with the contract. A difference that the overlay or a deviation of the
 * gateway declares is known. Each answer is compared on its own, so that one answer cannot hide
 * another.
 */
export function compareAnswers(sources: AnswerSources): DriftFinding[] {
  const { contract, known, all = sources.exchanges } = sources
  const answers = listAnswers(sources)
  const isDeclared = ({ findings, undeclared }: ComparedAnswer) => findings.length > 0 && undeclared.length === 0
  const others = answers.filter((answer) => !isDeclared(answer))
  const pooled = [contract, ...(known ? [known] : [])].flatMap((description) => compare(description, others))
  const undeclared = joinFindings(
    answers.map((answer) => answer.undeclared),
    pooled,
  )
  const isNew = new Set(undeclared.map(({ fingerprint }) => fingerprint))
  // The contract lane tells what was never seen of another API.
  if (sources.confirm) return undeclared
  const declared = joinFindings(answers.filter(isDeclared).map(({ findings }) => findings))
  const observations = observeAnswers(all, listOperations(contract), sources.redact)
  const remarks = compareObservations(contract, observations)
    .filter((finding) => !isSerious(finding))
    .map((finding) =>
      known && isUnseen(finding) && !isUnseenIn(known, observations, finding) ? markKnown(finding) : finding,
    )
  return [...undeclared, ...declared.filter(({ fingerprint }) => !isNew.has(fingerprint)).map(markKnown), ...remarks]
}

/** Lists the differences of the answers that do not follow a description. */
export function compareUnfaithful(description: OpenAPI, observations: readonly Observation[]): DriftFinding[] {
  return joinFindings(observations.map((one) => compareObservations(description, [one]).filter(isSerious)))
}

function listAnswers({ contract, known, exchanges, explain, confirm, redact }: AnswerSources): ComparedAnswer[] {
  const operations = listOperations(contract)
  return exchanges.flatMap((exchange) =>
    observeAnswers([exchange], operations, redact).map((observation) => {
      const found = compare(contract, [{ observation }])
      if (confirm) {
        const confirmed = confirm(exchange, found)
        return { observation, findings: confirmed, undeclared: confirmed }
      }
      const findings = found
      if (!findings.length) return { observation, findings, undeclared: [] }
      const reference = known && documents(known, observation) ? known : contract
      const explanations = explain?.(exchange) ?? []
      const undeclared = compare(reference, [{ observation }]).filter(
        (finding) => !isExplained(finding, explanations) && !isListed(reference, finding),
      )
      return { observation, findings, undeclared }
    }),
  )
}

/** Lists the differences that are more than a remark. */
function compare(description: OpenAPI, answers: readonly Pick<ComparedAnswer, 'observation'>[]): DriftFinding[] {
  return compareObservations(description, mergeObservations(answers.map(({ observation }) => observation))).filter(
    isSerious,
  )
}

const isSerious = ({ severity }: DriftFinding): boolean => severity !== 'info'
const isUnseen = ({ class: name }: DriftFinding): boolean => name === 'documented-status-never-produced'
const markKnown = (finding: DriftFinding): DriftFinding => ({ ...finding, known: true })

const isUnseenIn = (description: OpenAPI, observations: readonly Observation[], { fingerprint }: DriftFinding) =>
  compareObservations(description, observations).some((other) => other.fingerprint === fingerprint)

function documents(description: OpenAPI, { method, path, status }: Observation): boolean {
  const operation = listOperations(description).find((one) => one.method === method && one.path === path)
  const { responses = {} } = (operation && findOperationObject(description, operation)) ?? {}
  return findResponse(responses, status) !== undefined
}

/**
 * Returns true if a description lists the property that a finding is about. The comparison does not
 * see properties that FastAPI adds to a validation issue, because normalization removes them.
 */
function isListed(description: OpenAPI, { class: name, pointer }: DriftFinding): boolean {
  if (name !== 'response-undocumented-property') return false
  const keys = pointer.split('/').slice(1)
  const found = keys.reduce<unknown>((node, key) => {
    const target = isObject(node) && '$ref' in node ? resolveReference(description, node as { $ref: string }) : node
    return isObject(target) ? target[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined
  }, description)
  return found !== undefined
}

/** Returns true if a deviation declares the part of an answer that a difference is about. */
function isExplained({ class: name }: DriftFinding, explanations: readonly Explanation[]): boolean {
  if (name === 'security-removed') return explanations.some(({ isAboutCredentials }) => isAboutCredentials)
  if (name.startsWith('undocumented-')) return explanations.some(({ answer }) => answer.status !== undefined)
  return explanations.some(
    ({ answer: { mediaType, body } }) =>
      body !== undefined || (mediaType !== undefined && name.startsWith('response-media-type-')),
  )
}

/**
 * Joins the equal findings of several answers.
 *
 * @param pooled - The findings of all answers together.
 */
function joinFindings(
  answers: readonly (readonly DriftFinding[])[],
  pooled: readonly DriftFinding[] = [],
): DriftFinding[] {
  const wholes = new Map(pooled.map((finding) => [finding.fingerprint, finding]))
  const changes = new Map(pooled.flatMap((finding) => finding.changes).map((change) => [keyOf(change), change]))
  return [...groupBy(answers.flat(), ({ fingerprint }) => fingerprint).values()].flatMap((same) =>
    same.slice(0, 1).map((first) => ({
      ...first,
      message: wholes.get(first.fingerprint)?.message ?? first.message,
      ...(first.status !== undefined && {
        status: [...new Set(same.flatMap(({ status = '' }) => status.split(', ')))].toSorted().join(', '),
      }),
      samples: same.length,
      examples: [...new Set(same.flatMap(({ examples }) => examples))].slice(0, 3),
      changes: [...new Map(same.flatMap((one) => one.changes).map((change) => [keyOf(change), change]))].map(
        ([key, change]) => changes.get(key) ?? change,
      ),
    })),
  )
}

const keyOf = ({ pointer, action, value }: DriftChange): string =>
  `${action} ${pointer} ${action === 'add' || action === 'drop' ? JSON.stringify(value) : ''}`
