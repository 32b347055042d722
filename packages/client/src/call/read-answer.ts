import type { CallFacts } from '@livepeer-ai/openapi'
import { difference } from './check-shape.ts'
import { InvalidResponseError, NetworkError, networkError, redirected, type RequestLine } from '../errors.ts'

/** A response whose body can still be read, and what is in it: the JSON, other text as it is, or undefined. */
export interface Answer {
  response: Response
  content: unknown
}

/**
 * Reads an answer to its end. Throws an InvalidResponseError when it is a good one that breaks the contract, and a
 * NetworkError when it is a redirect. Where the contract has no JSON, a good answer is left unread.
 */
export async function readAnswer(
  response: Response,
  request: RequestLine,
  facts: CallFacts | undefined,
  token: string | undefined,
  checkSchema = true,
): Promise<Answer> {
  const { ok, status, statusText, headers, type } = response
  if (type === 'opaqueredirect' || (status > 300 && status < 400)) throw new NetworkError(request, redirected)
  const shape = facts?.success[status]
  if (ok && shape === null) return { response, content: undefined }

  let text = await response.text().catch(networkError(request))
  // Some gateways repeat the token that they refuse.
  if (!ok && token) text = text.replaceAll(token, '[token]')
  const copy = new Response(text || null, { status, statusText, headers })
  // That of a new Response is empty.
  Object.defineProperty(copy, 'url', { value: request.url })

  let content: unknown = text || undefined
  let problem: string | undefined = `it is ${text ? 'not JSON' : 'empty'}`
  try {
    content = JSON.parse(text)
    problem = shape ? difference(content, checkSchema ? shape : {}) : 'this status is not in it'
  } catch {
    // The problem stands.
  }
  if (ok && problem) throw new InvalidResponseError(request, copy, problem, text)
  return { response: copy, content }
}
