import { isJson, textResponse } from '@livepeer-ai/server'

/** Returns a response with its JSON as the gateway's encoder writes it. */
export async function encodeTranscript(response: Response, encoder: 'go' | undefined): Promise<Response> {
  if (encoder === undefined || response.status !== 200 || !isJson(response.headers.get('content-type') ?? ''))
    return response
  const { status, headers } = response
  const text = JSON.stringify(sortKeys(await response.json()))
  return textResponse(`${text.replaceAll(/[<>&\u2028\u2029]/g, escape)}\n`, { status, headers: new Headers(headers) })
}

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]): [string, unknown] => [name, sortKeys(member)])
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  )
}
