import {
  findOperationObject,
  resolveReference,
  sliceDescription,
  toPointer,
  type OpenAPI,
  type PathItem,
} from '@livepeer-ai/openapi'
import { describeBrokenReference, type ReportProblem } from '../../calls/problem.ts'
import { bundleTarget, transformOas3Operations } from '../prism-engine.ts'
import { dereference } from './dereference.ts'
import { findSchemaFaults } from './find-schema-faults.ts'
import type { OperationPlace } from './operation-place.ts'
import { makeParametersPlain } from './plain-parameters.ts'
import type { PrismOperation } from './prism-operation.ts'

/**
 * Returns an operation as Prism's model of it. Prism itself transforms all operations of a
 * description at once, which takes minutes for large ones.
 */
export async function loadOperation(
  description: OpenAPI,
  place: OperationPlace,
  report: ReportProblem,
): Promise<PrismOperation> {
  const pointer = toPointer(['paths', place.path, place.method.toLowerCase()])
  const slice = sliceDescription(description, takeOperation(description, place), (broken) =>
    report({ pointer: broken.pointer, message: describeBrokenReference(broken.$ref) }),
  )
  const operation = await transform(slice, place)
  if (!operation) {
    report({ pointer, message: 'Prism cannot read this operation' })
    return { id: pointer, method: place.method.toLowerCase(), path: place.path, responses: [] }
  }
  for (const fault of findSchemaFaults(description, operation)) report(fault)
  return { ...operation, responses: operation.responses.map(withoutFramingHeaders) }
}

function takeOperation(description: OpenAPI, place: OperationPlace): object {
  const { openapi, info, servers, security, components } = description
  const method = place.method.toLowerCase()
  const item = resolveReference<PathItem & { servers?: unknown }>(description, description.paths?.[place.path] ?? {})
  const { jsonSchemaDialect } = description as { jsonSchemaDialect?: unknown }
  return withoutUndefined({
    // Prism takes an unknown version for 3.0.
    openapi: /^3\.2\b/.test(openapi) ? '3.1.0' : openapi,
    info,
    jsonSchemaDialect,
    servers,
    security,
    paths: {
      [place.path]: withoutUndefined({
        parameters: item.parameters,
        servers: item.servers,
        [method]: findOperationObject(description, place),
      }),
    },
    components: withoutUndefined({ securitySchemes: components?.['securitySchemes'] }),
  })
}

/** Prism distinguishes an absent member from an undefined one. */
function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

type Transformable = Parameters<typeof transformOas3Operations>[0]

async function transform(slice: object, { method }: OperationPlace): Promise<PrismOperation | undefined> {
  try {
    const document = dereference(slice) as Transformable
    makeParametersPlain(document)
    // A large operation takes a while: other requests come in between.
    await nextTask()
    const target = transformOas3Operations(document).find((operation) => operation.method === method.toLowerCase())
    await nextTask()
    return bundleTarget({
      document: { ...document, __target__: target },
      path: '#/__target__',
      cloneDocument: false,
    }) as PrismOperation | undefined
  } catch {
    return undefined
  }
}

const nextTask = () => new Promise((resolve) => setImmediate(resolve))

/**
 * Headers that belong to the connection or describe the bytes of the body. OpenAPI ignores a
 * Content-Type among the headers of a response.
 */
const framing =
  /^(content-(length|type|encoding|range)|transfer-encoding|connection|keep-alive|proxy-connection|upgrade|trailer|te|host|date)$/i

function withoutFramingHeaders(response: PrismOperation['responses'][number]): PrismOperation['responses'][number] {
  return { ...response, headers: response.headers?.filter(({ name }) => !framing.test(name)) ?? [] }
}
