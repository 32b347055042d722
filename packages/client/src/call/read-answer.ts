import type { CallFacts } from '@livepeer-ai/openapi'
import { InvalidResponseError, NetworkError, throwNetworkError, redirected, type RequestLine } from '../errors.ts'
import { findDifference } from './check-shape.ts'

/** A response with a readable body, and its content: the JSON value, other text, or undefined. */
export interface ParsedResponse {
  response: Response
  content: unknown
}

/**
 * Reads a response to its end. Throws an InvalidResponseError if a 2xx response breaks the
 * contract, and a NetworkError for a redirect. Leaves a 2xx response unread if the contract
 * documents no JSON for it.
 */
export async function readAnswer(
  response: Response,
  request: RequestLine,
  facts: CallFacts | undefined,
  token: string | undefined,
  checkSchema = true,
): Promise<ParsedResponse> {
  const { ok, status, statusText, headers, type } = response
  if (type === 'opaqueredirect' || (status > 300 && status < 400)) throw new NetworkError(request, redirected)
  const shape = facts?.success[status]
  if (ok && shape === null) return { response, content: undefined }

  let text = await response.text().catch(throwNetworkError(request))
  // Some gateways repeat the token that they reject.
  if (!ok && token) text = text.replaceAll(token, '[token]')
  const copy = new Response(text || null, { status, statusText, headers })
  // The constructor of Response leaves the URL empty.
  Object.defineProperty(copy, 'url', { value: request.url })

  let content: unknown = text || undefined
  let problem: string | undefined = `it is ${text ? 'not JSON' : 'empty'}`
  try {
    content = JSON.parse(text)
    problem = shape ? findDifference(content, checkSchema ? shape : {}) : 'this status is not in it'
  } catch {
    // The error keeps the text as it was received.
  }
  if (ok && problem) throw new InvalidResponseError(request, copy, problem, text)
  return { response: copy, content }
}
