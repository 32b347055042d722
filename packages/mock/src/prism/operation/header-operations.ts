import { isObject } from '@livepeer-ai/openapi'
import type { PrismOperation } from './prism-operation.ts'

/**
 * Returns a function that adapts an operation to the headers of a request. Prism fails for an
 * absent header that is a list or an object. Without its type, Prism checks only if it is required.
 */
export function createHeaderOperations(): (
  operation: PrismOperation,
  sent: Readonly<Record<string, string>>,
) => PrismOperation {
  const known = new WeakMap<PrismOperation, Map<string, PrismOperation>>()
  return (operation, sent) => {
    const headers = operation.request?.headers ?? []
    const absent = headers.filter(({ name, schema }) => isStructured(schema) && sent[name.toLowerCase()] === undefined)
    if (!absent.length) return operation
    const variants = known.get(operation) ?? new Map<string, PrismOperation>()
    known.set(operation, variants)
    const key = absent.map(({ name }) => name).join()
    const variant = variants.get(key) ?? {
      ...operation,
      request: {
        ...operation.request,
        headers: headers.map((header) => (absent.includes(header) ? { ...header, schema: {} } : header)),
      },
    }
    variants.set(key, variant)
    return variant
  }
}

const isStructured = (schema: unknown) =>
  isObject(schema) && (schema['type'] === 'array' || schema['type'] === 'object')
