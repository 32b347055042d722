import { successSchemas, type Operation } from '@livepeer-ai/openapi'
import { violations } from './check-schema.ts'
import { InvalidResponseError, RedirectError, type RequestLine } from './errors.ts'

/**
 * The answer, read to its end; its body can be read once more. Throws a RedirectError when it is one, and an
 * InvalidResponseError when it is a good one that breaks the contract. A good answer in another media type than JSON is left unread.
 */
export async function readAnswer(
  response: Response,
  request: RequestLine,
  operation: Operation | undefined,
  secret: string | undefined,
  checkSchema: boolean,
): Promise<Response> {
  const { ok, status, statusText, headers, type } = response
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) throw new RedirectError(request)
  const mediaTypes = operation?.responses[status]
  if (ok && mediaTypes && !mediaTypes.some((mediaType) => /[/+]json\b/.test(mediaType))) return response

  const text = await response.text()
  // Some gateways repeat the token that they refuse.
  const safe = ok || !secret ? text : text.replaceAll(secret, '[token]')
  // As it came, but for a body that can still be read. The URL of a new Response would be empty.
  const answer = new Response(safe || null, { status, statusText, headers })
  Object.defineProperty(answer, 'url', { value: request.url })
  if (ok) {
    const problem = mediaTypes ? problemOf(text, operation, status, checkSchema) : `${status} is not in the contract`
    if (problem) throw new InvalidResponseError(request, answer, problem, text)
  }
  return answer
}

function problemOf(text: string, operation: Operation, status: number, checkSchema: boolean): string | undefined {
  if (!text) return 'it is empty'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'it is not JSON'
  }
  const schema = checkSchema && successSchemas.operations[operation.operationId]?.[status]
  return schema ? violations(value, schema, successSchemas).next().value : undefined
}
