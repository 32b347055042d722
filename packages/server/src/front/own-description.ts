import type { OpenAPI } from '@livepeer-ai/openapi'
import { urlOf } from '../http/url-of.ts'
import { textResponse } from '../node/lazy-response.ts'
import { toYaml } from './to-yaml.ts'

const formats: Record<string, { mediaType: string; write: (description: OpenAPI) => string }> = {
  '/openapi.json': { mediaType: 'application/json', write: (description) => JSON.stringify(description) },
  '/openapi.yaml': { mediaType: 'application/yaml', write: toYaml },
}

/** Answers with the description, as that of this server. Returns undefined for other paths. */
export function answerWithDescription(request: Request, description: OpenAPI): Response | undefined {
  const { pathname, origin } = urlOf(request)
  const format = formats[pathname]
  if (!format || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined
  const own = { ...description, servers: [{ url: origin, description: 'This server.' }] }
  return textResponse(format.write(own), { headers: { 'content-type': format.mediaType } })
}
