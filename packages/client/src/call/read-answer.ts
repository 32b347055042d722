import { InvalidResponseError, NetworkError, throwNetworkError, redirected, type RequestLine } from '../errors.ts'
import type { Runtime } from '../upload/form.ts'
import type { OperationCall } from './call.ts'
import { findDifference } from './check-shape.ts'

/** A response with a readable body, and its content: the JSON value, other text, or undefined. */
export interface ParsedResponse {
  response: Response
  content: unknown
}

/**
 * Reads a response to its end. Throws an InvalidResponseError if a 2xx response breaks the
 * contract, and a NetworkError for a redirect or an oversized response. Leaves a 2xx response
 * unread if the contract documents no JSON for it.
 */
export async function readAnswer(
  response: Response,
  request: RequestLine,
  token: string | undefined,
  { facts, checkSchema = true, maxResponseBytes }: Pick<OperationCall, 'facts' | 'checkSchema' | 'maxResponseBytes'>,
  { readText, toCutter }: Runtime,
): Promise<ParsedResponse> {
  const { ok, status, statusText, headers, type } = response
  if (type === 'opaqueredirect' || (status > 300 && status < 400)) throw new NetworkError(request, redirected)
  const shape = facts?.success[status]
  if (ok && shape === null) return { response, content: undefined }

  let text = await readText(response, maxResponseBytes).catch(throwNetworkError(request))
  // Some gateways repeat the token that they reject.
  const cut = toCutter(token)
  let content: unknown = text || undefined
  let problem: string | undefined = `it is ${text ? 'not JSON' : 'empty'}`
  try {
    content = JSON.parse(text, ok ? undefined : (_, value: unknown) => cut(value))
    problem = shape ? findDifference(content, checkSchema ? shape : {}) : 'undocumented status'
    // A value that is nested too deeply cannot be written, and stays text.
    if (!ok) text = JSON.stringify(content)
  } catch {
    if (!ok && text) content = text = cut(text)
  }
  if (ok && problem) text = cut(text)
  const copy = new Response(text || null, {
    status,
    statusText: cut(statusText),
    headers: Array.from(headers, (pair) => pair.map(cut) as typeof pair),
  })
  // The constructor of Response leaves the URL empty.
  Object.defineProperty(copy, 'url', { value: request.url })
  if (ok && problem) throw new InvalidResponseError(request, copy, problem, text)
  return { response: copy, content }
}
