import type { OpenAPI } from '@livepeer-ai/openapi'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const { factory } = ts
const name = (identifier: string) => factory.createTypeReferenceNode(identifier)
const binary = () => factory.createUnionTypeNode([name('Blob'), name('File')])

/**
 * Returns the TypeScript source of `paths`, `components` and `operations`.
 * Binary strings become `Blob
 * File`. A property with a default stays optional unless it is required.
 */
export async function types(description: OpenAPI): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(description), {
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
  })
  return astToString(nodes)
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
