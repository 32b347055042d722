import { factOf, type Answer, type RequestFacts } from '@livepeer-ai/openapi/gateways'
import { textResponse } from '@livepeer-ai/server'

/** The values of the variables in an answer. */
export interface Words {
  facts: RequestFacts
  named: Readonly<Record<string, string>>
}

/** Returns the answer of a deviation as a response, with values in place of its variables. */
export function fillAnswer(
  answer: Answer,
  documented: Response,
  words: Words,
  exampleBody: (status: number) => string | undefined,
): Response {
  const { status: stated, connection, mediaType, body } = answer
  if (connection === 'closed') return Response.error()
  const status = stated ?? documented.status
  const filled = new Headers(fillHeaders(answer, words))
  const example = body === undefined ? exampleBody(status) : undefined
  const text =
    body === '{description}'
      ? words.named['description']
      : body === undefined
        ? example
        : fillText(body, words, escapeJson)
  if (text && (mediaType ?? example)) filled.set('content-type', mediaType ?? 'application/json')
  else if (mediaType) filled.set('content-type', mediaType)
  const isSameStatus = status === documented.status
  for (const name of [...corsHeaders, ...(isSameStatus ? ['allow', 'www-authenticate'] : [])]) {
    const value = documented.headers.get(name)
    if (value !== null && !filled.has(name)) filled.set(name, value)
  }
  return textResponse(text || null, { status, headers: filled })
}

const corsHeaders = ['access-control-allow-origin', 'access-control-expose-headers']

/** Returns the headers of an answer. A header without a value is not sent. */
export function fillHeaders({ headers = {} }: Answer, words: Words): [name: string, value: string][] {
  return Object.entries(headers)
    .map(([name, value]): [string, string] => [name, fillText(value, words)])
    .filter(([, value]) => value !== '')
}

/** Replaces the variables of a text. A number in quotes loses them. */
function fillText(text: string, { facts, named }: Words, encode: (value: string) => string = String): string {
  return text.replaceAll(/"\{([\w.]+)\}"|\{([\w.]+)\}/g, (variable, quoted?: string, plain?: string) => {
    const name = quoted ?? plain ?? ''
    const value = named[name] ?? factOf(facts, name)
    if (typeof value === 'number') return String(value)
    if (typeof value !== 'string') return variable
    return quoted === undefined ? encode(value) : `"${encode(value)}"`
  })
}

/** Escapes text for use inside a JSON string. */
function escapeJson(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}
