import { listOperations, type OpenAPI, type Operation } from '@livepeer-ai/openapi'
import { stringify } from 'yaml'

/**
 * Reduces the description to the parts that Dredd's parser understands: OpenAPI 3.0 without
 * schemas, security and tags.
 * Dredd validates no schema of an OpenAPI 3 document, and warns about other members.
 * Path parameters get an example, because Dredd rejects the document without it.
 */
export function dreddSkeleton(description: OpenAPI): string {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of listOperations(description))
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = skeleton(operation)
  return stringify({
    openapi: '3.0.3',
    info: { title: description.info.title, version: description.info.version },
    paths,
  })
}

function skeleton({ operationId, path, requestBody, responses }: Operation): Record<string, unknown> {
  const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    example: name,
  }))
  return {
    // Dredd names a transaction after the summary.
    summary: operationId,
    parameters: parameters.length > 0 ? parameters : undefined,
    requestBody: requestBody && { content: empty(requestBody.mediaTypes) },
    responses: Object.fromEntries(
      Object.entries(responses)
        // Dredd drops ranges and treats `default` as 200. The contract run reports both as
        // uncovered.
        .filter(([status]) => /^\d{3}$/.test(status))
        .map(([status, mediaTypes]) => [
          status,
          { description: status, content: mediaTypes.length > 0 ? empty(mediaTypes) : undefined },
        ]),
    ),
  }
}

const empty = (mediaTypes: string[]) => Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, {}]))
