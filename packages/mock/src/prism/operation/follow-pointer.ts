import { isObject, toPointer, tokensOf, valueAt, type OpenAPI } from '@livepeer-ai/openapi'

/** Returns the pointer to the same value that leads through no reference. */
export function followPointer(description: OpenAPI, pointer: string): string {
  let path: string[] = []
  for (const token of tokensOf(pointer)) {
    // A reference may lead to a reference; a loop ends.
    for (let step = 0; step < 20; step++) {
      const node = valueAt(description, toPointer(path))
      const $ref = isObject(node) ? node['$ref'] : undefined
      if (typeof $ref !== 'string' || !$ref.startsWith('#/')) break
      path = tokensOf($ref)
    }
    path = [...path, token]
  }
  return toPointer(path)
}
