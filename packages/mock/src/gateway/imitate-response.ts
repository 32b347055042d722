import type { OpenAPI } from '@livepeer-ai/openapi'
import type { RequestFacts } from '@livepeer-ai/openapi/gateways'
import { encodeTranscript } from './encode-transcript.ts'
import { fillAnswer, fillHeaders, type Words } from './fill-answer.ts'
import { errorStage, factOfError, lastStage, toStage } from './stages.ts'
import { accepts, type Taken, type TakenDeviations } from './take-deviations.ts'

interface ImitatedRequest {
  facts: RequestFacts
  authorization: string
  requestedHeaders: string
  description: OpenAPI
  exampleBody: (status: number) => string | undefined
  encoder: 'go' | undefined
}

/** Headers of the mock that no gateway sends. */
const ownHeaders = ['preference-applied', 'access-control-max-age']

/**
 * Returns the response of a gateway: `documented`, changed by the deviations that apply.
 * The first deviation with a response of its own decides, unless the contract rejects the request
 * for a reason that a server checks earlier.
 */
export async function imitateResponse(
  documented: Response,
  { taken, facts }: TakenDeviations,
  request: ImitatedRequest,
): Promise<Response> {
  if (documented.type === 'error') return documented
  const chosen = taken.find((one) => !accepts(one.answer) && isReplaced(one) && precedes(one, documented, taken, facts))
  const words = toWords(request)
  const response = chosen
    ? fillAnswer(chosen.answer, documented, words, request.exampleBody)
    : await encodeTranscript(documented, request.encoder)
  if (response.type === 'error') return response
  // Deviations about headers alone apply to every response.
  for (const { answer } of taken) {
    if (isReplaced({ answer }) && answer !== chosen?.answer) continue
    for (const [name, value] of fillHeaders(answer, words)) response.headers.set(name, value)
    for (const name of answer.lacks ?? []) response.headers.delete(name)
  }
  for (const name of ownHeaders) response.headers.delete(name)
  return response
}

/** Returns true if an answer replaces the documented response. */
function isReplaced({ answer: { status, body, connection } }: Pick<Taken, 'answer'>): boolean {
  return status !== undefined || body !== undefined || connection !== undefined
}

function precedes({ tested }: Taken, documented: Response, taken: readonly Taken[], facts: RequestFacts): boolean {
  const at = Math.max(...tested.filter((name) => name !== 'state' || !tested.includes('token')).map(toStage))
  if (documented.ok) return at <= lastStage(facts)
  // The order of the overlay decides about a mistake that the overlay knows.
  const fact = factOfError(documented, facts)
  const isTested = ({ tested: names }: Taken) => names.some((name) => (groups[name] ?? name) === fact)
  return taken.some(isTested) || at <= errorStage(documented, facts)
}

/** Facts about the same thing as another one. */
const groups: Readonly<Record<string, string>> = {
  scheme: 'token',
  authorization: 'token',
  contentType: 'mediaType',
  form: 'mediaType',
}

function toWords({ facts, authorization, requestedHeaders, description }: ImitatedRequest): Words {
  const [, scheme = '', token = ''] = /^(\S+) +(\S.*)$/.exec(authorization.split(', ')[0] ?? '') ?? []
  return {
    facts,
    named: {
      token,
      scheme,
      password: Buffer.from(token, 'base64').toString().split(':').slice(1).join(':'),
      requestedHeaders,
      cleanPath: facts.path?.replaceAll(/\/+/g, '/') ?? '',
      seconds: '7',
      date: new Date(Date.now() + 86_400_000).toUTCString(),
      message: 'Bad Request',
      description: JSON.stringify(description),
    },
  }
}
