import { STATUS_CODES } from 'node:http'
import { meetsCondition, type Answer, type Deviation, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import { normalizeError } from '@livepeer-ai/openapi/normalize-error'
import { fillAnswer } from './fill-answer.ts'
import { errorStage, lastStage, stageOfDeviation } from './stages.ts'

/**
 * Returns the response of a gateway: `documented`, changed by the deviations that apply.
 *
 * If the gateway would check a deviation at the same stage as the contract's own error or earlier,
 * the deviation wins. Among several, the earliest stage wins. Any other error of the contract gets
 * the gateway's error body.
 */
export async function imitateResponse(
  documented: Response,
  facts: RequestFacts,
  deviations: readonly Deviation[],
  token: string,
): Promise<Response> {
  if (documented.type === 'error') return documented
  const applying = deviations.filter((deviation) => applies(deviation, facts))
  const lacking = applying.flatMap(({ answers }) => answers.flatMap(({ lacks = [] }) => lacks))
  const answer = chooseAnswer(applying, documented, facts)
  if (answer) {
    const message = STATUS_CODES[answer.status ?? 200] ?? ''
    return withoutHeaders(lacking, fillAnswer(answer, documented, { token, message }))
  }
  if (documented.ok) return withoutHeaders(lacking, documented)
  const body = await documented.text()
  const envelope = chooseEnvelope(deviations, { ...facts, status: documented.status })
  if (!envelope) return withoutHeaders(lacking, new Response(body, documented))
  const { message } = normalizeError(documented.status, documented.headers.get('content-type'), body)
  return withoutHeaders(lacking, fillAnswer(envelope, documented, { token, message }))
}

function applies({ when }: Deviation, facts: RequestFacts): boolean {
  return when.some((condition) => meetsCondition(condition, facts))
}

/** Returns the answer of the first deviation that the gateway checks and that has a body. */
function chooseAnswer(applying: readonly Deviation[], documented: Response, facts: RequestFacts): Answer | undefined {
  const refused = documented.ok ? lastStage(facts) : errorStage(documented, facts)
  const [first] = applying
    .flatMap((deviation) => {
      const [answer] = deviation.answers
      const at = stageOfDeviation(deviation, facts)
      const isChosen = at <= refused || overrulesToken(deviation, documented)
      return isChosen && answer && (answer.connection || answer.body !== undefined) ? [{ answer, at }] : []
    })
    .toSorted((left, right) => left.at - right.at)
  return first?.answer
}

/** Returns true if the gateway answers a wrong token in another way than the contract. */
function overrulesToken({ when }: Deviation, { status }: Response): boolean {
  return status === 401 && when.some((condition) => 'token' in condition)
}

/** Returns the error body for a status, from the deviation with the most specific condition. */
function chooseEnvelope(deviations: readonly Deviation[], facts: RequestFacts): Answer | undefined {
  const size = ({ when: [condition = {}] }: Deviation) => Object.keys(condition).length
  const [deviation] = deviations
    .filter(({ when }) => when.some((condition) => 'status' in condition && meetsCondition(condition, facts)))
    .toSorted((left, right) => size(right) - size(left))
  return deviation?.answers.find(({ status }) => status === facts.status) ?? deviation?.answers[0]
}

function withoutHeaders(names: readonly string[], response: Response): Response {
  for (const name of names) if (response.type !== 'error') response.headers.delete(name)
  return response
}
