import type { Deviation } from '@livepeer-ai/openapi/gateways'
import { upload } from '../catalogue/requests.ts'
import type { Context } from '../check.ts'
import { headerOf, mediaTypeOf, type Exchange } from '../exchange.ts'
import { toExchangeFacts, findDeviation } from '../judge/find-deviation.ts'
import type { SuitePlan } from './plan-suite.ts'
import type { Session } from '../wire/session.ts'
import { UnreachableError } from '../wire/unreachable-error.ts'
import { encodeRequest, type Target } from '../wire/encode-request.ts'

/** The gateway does not accept the token of the run, or wants one and there is none. */
export class CredentialsError extends Error {
  override name = 'CredentialsError' as const
}

/** Ends the run before it begins when there is no such gateway there. */
export async function probeGateway({ target, context }: SuitePlan, session: Session): Promise<void> {
  const probe = encodeRequest({ headers: { Authorization: null }, seconds: 0 }, target)
  await session.send([probe])
  const [exchange] = session.of(probe)
  const where = target.url.href
  const { failure, response } = exchange!
  if (!response) {
    const hint =
      failure?.code === 'tls'
        ? 'Is its certificate one that everybody trusts? NODE_EXTRA_CA_CERTS=FILE trusts those in the file as well.'
        : 'Is the gateway running there?'
    throw new UnreachableError(`Cannot reach ${where}: ${failure?.message ?? 'no answer'}. ${hint}`)
  }
  if (isElsewhere(exchange!) && (await isElsewhereWithFile(session, target, context))) {
    const saw = [response.status, mediaTypeOf(response), headerOf(response, 'location') && 'a redirect']
      .filter(Boolean)
      .join(', ')
    throw new UnreachableError(
      `${probe.method} ${probe.url} is not there (${saw}). Pass the base URL that ${target.operation.path} is appended to.`,
    )
  }
}

/** Whether the answer is that of a server that does not have the operation: a page, a redirect, or no such path. */
function isElsewhere({ response }: Exchange): boolean {
  const status = response!.status
  return [404, 405].includes(status) || (status >= 300 && status < 400) || mediaTypeOf(response) === 'text/html'
}

/** Whether a request that there is nothing wrong with fares no better. */
async function isElsewhereWithFile(session: Session, target: Target, { clips }: Context): Promise<boolean> {
  const baseline = encodeRequest(upload(clips.short), target)
  if (!session.canAfford([baseline])) return true
  await session.send([baseline])
  const [exchange] = session.of(baseline)
  return !exchange?.response || isElsewhere(exchange)
}

/** The upload that all billed ones are variations of: the check that owns it, when it fails. */
export async function findBlocker(
  { checks, target, context }: SuitePlan,
  session: Session,
  deviations: readonly Deviation[],
): Promise<string | undefined> {
  const baseline = encodeRequest(upload(context.clips.short), target)
  const owner = checks.find(({ requests }) => requests.some(({ id }) => id === baseline.id))
  if (!owner) return undefined
  await session.send([baseline])
  const [exchange] = session.of(baseline)
  const response = exchange?.response
  if (response?.status === 401 || response?.status === 403) {
    const refusals = deviations.filter(({ answers }) => answers.some(({ status }) => status === response.status))
    const known = findDeviation(refusals, undefined, toExchangeFacts(exchange!))
    const hint = target.hasToken
      ? `does not accept the token (${response.status}). Pass one that it knows with --token.`
      : `asks for a token (${response.status}). Pass one with --token, or in LIVEPEER_AI_TOKEN.`
    throw new CredentialsError(
      `${target.url.href} ${hint}${known ? ` Known of this gateway: ${known.summary} (${known.id})` : ''}`,
    )
  }
  return response && response.status >= 200 && response.status < 300 ? undefined : owner.check.id
}
