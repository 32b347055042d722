import { kindOfChild, type OpenAPI, type PlaceKind } from '@livepeer-ai/openapi'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { SpecError } from '../spec/spec-error.ts'

const { factory } = ts
const name = (identifier: string) => factory.createTypeReferenceNode(identifier)
const binary = () => factory.createUnionTypeNode([name('Blob'), name('File')])

/**
 * Returns the TypeScript source of `paths`, `components` and `operations`.
 * Binary strings become `Blob
 * File`. A property with a default stays optional unless it is required.
 */
export async function types(description: OpenAPI): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(withoutDataReferences(description)), {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform(schema) {
      if (!('type' in schema) || !isBinary(schema)) return undefined
      const nullable = [schema.type].flat().includes('null')
      return nullable
        ? factory.createUnionTypeNode([binary(), factory.createLiteralTypeNode(factory.createNull())])
        : binary()
    },
  }).catch((error: Error) => {
    throw new SpecError(`Types cannot be generated: ${error.message}`)
  })
  return astToString(nodes)
}

/** Leaves out examples and extensions with references, which the generator would follow. */
function withoutDataReferences(description: OpenAPI): unknown {
  function copy(node: unknown, kind: PlaceKind): unknown {
    if (typeof node !== 'object' || node === null) return node
    if (Array.isArray(node)) return node.map((item) => copy(item, kind))
    const kept = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
      const child = kindOfChild(kind, key, value)
      return child === 'data' && hasReference(value) ? [] : [[key, copy(value, child)]]
    })
    return Object.fromEntries(kept)
  }
  return copy(description, 'fields')
}

function hasReference(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  return '$ref' in node || Object.values(node).some(hasReference)
}

/**
 * OpenAPI 3.0 writes `format: binary`; 3.1 may write a `contentMediaType` without a
 * `contentEncoding`.
 */
function isBinary(schema: {
  type?: unknown
  format?: string
  contentMediaType?: string
  contentEncoding?: string
}): boolean {
  if (![schema.type].flat().includes('string')) return false
  return (
    schema.format === 'binary' || (schema.contentMediaType === 'application/octet-stream' && !schema.contentEncoding)
  )
}
