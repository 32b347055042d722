import type { Deviation } from '@livepeer-ai/openapi/gateways'
import { upload } from '../catalogue/requests.ts'
import type { Context } from '../check.ts'
import { headerOf, mediaTypeOf, type Exchange, type ReceivedResponse, type SentRequest } from '../exchange.ts'
import { findDeviation, toExchangeFacts } from '../judge/find-deviation.ts'
import { toRequest } from '../samples/to-request.ts'
import { encodeRequest, type Target } from '../wire/encode-request.ts'
import type { Session } from '../wire/session.ts'
import { UnreachableError } from '../wire/unreachable-error.ts'
import type { SuitePlan } from './plan-suite.ts'

/** The gateway rejects the token of the run, or requires a token that the run does not have. */
export class CredentialsError extends Error {
  override name = 'CredentialsError' as const
}

/**
 * Sends a free request, and throws an UnreachableError if the URL does not lead to the operation.
 */
export async function probeGateway({ target, context }: SuitePlan, session: Session): Promise<void> {
  const { sample } = context
  const probe = encodeRequest({ ...(sample ? toRequest(sample) : { seconds: 0 }), credentials: null }, target)
  const { failure, response } = (await sendOnce(session, probe)) ?? {}
  if (!response) {
    const hint =
      failure?.code === 'tls'
        ? 'Is its certificate publicly trusted? Set NODE_EXTRA_CA_CERTS=FILE to trust a private one.'
        : 'Is the server running there?'
    throw new UnreachableError(`Cannot reach ${target.url.href}: ${failure?.message ?? 'no response'}. ${hint}`)
  }
  // Another API may have pages, and items that are not there.
  if (!sample && isElsewhere(response) && !(await isServedWithFile(session, target, context))) {
    const saw = [response.status, mediaTypeOf(response), headerOf(response, 'location') && 'a redirect']
      .filter(Boolean)
      .join(', ')
    throw new UnreachableError(
      `${probe.method} ${probe.url} is not there (${saw}). Pass the base URL that ${target.operation.path} is appended to.`,
    )
  }
}

async function sendOnce(session: Session, request: SentRequest): Promise<Exchange | undefined> {
  await session.send([request])
  return session.exchangesOf(request)[0]
}

/**
 * Returns true for the response of a server without the operation: a page, a redirect or no such
 * path.
 */
function isElsewhere(response: ReceivedResponse): boolean {
  const { status } = response
  return [404, 405].includes(status) || (status >= 300 && status < 400) || mediaTypeOf(response) === 'text/html'
}

/**
 * Returns true if a valid request gets a response of the operation; false if the budget forbids it.
 */
async function isServedWithFile(session: Session, target: Target, { clips }: Context): Promise<boolean> {
  const baseline = encodeRequest(upload(clips.short), target)
  if (!session.canAfford([baseline])) return false
  const exchange = await sendOnce(session, baseline)
  return exchange?.response !== undefined && !isElsewhere(exchange.response)
}

/**
 * Sends the upload that all billed requests are variants of.
 * Returns the id of the check that owns it if it fails, and throws a CredentialsError for 401 and
 * 403.
 */
export async function findBlocker(
  { checks, target, context }: SuitePlan,
  session: Session,
  deviations: readonly Deviation[],
): Promise<string | undefined> {
  if (context.sample) return undefined
  const baseline = encodeRequest(upload(context.clips.short), target)
  const owner = checks.find(({ requests }) => requests.some(({ id }) => id === baseline.id))
  if (!owner) return undefined
  const exchange = await sendOnce(session, baseline)
  const status = exchange?.response?.status ?? 0
  if (exchange && (status === 401 || status === 403))
    throw new CredentialsError(explainRejection(status, exchange, target, deviations))
  return status >= 200 && status < 300 ? undefined : owner.check.id
}

function explainRejection(
  status: number,
  exchange: Exchange,
  target: Target,
  deviations: readonly Deviation[],
): string {
  const rejections = deviations.filter(({ answers }) => answers.some((answer) => answer.status === status))
  const known = findDeviation(rejections, toExchangeFacts(exchange))
  const hint = target.hasToken
    ? `does not accept the token (${status}). Pass a valid one with --token.`
    : `asks for a token (${status}). Pass one with --token, or in LIVEPEER_AI_TOKEN.`
  const explanation = known ? ` Known of this gateway: ${known.summary} (${known.id})` : ''
  return `${target.url.href} ${hint}${explanation}`
}
