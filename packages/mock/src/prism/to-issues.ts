import type { Issue } from '@livepeer-ai/server'
import type { Violation } from './prism.ts'

/** The issue types that the contract uses in place of JSON Schema keywords. */
const types: Record<string, string> = { required: 'missing' }

/**
 * Returns the violations that Prism found in a request as issues. The location of a missing
 * property is its place in the object. Prism lowercases the names of path parameters; this restores
 * them.
 */
export function toIssues(violations: Violation[], pathParameters: string[]): Issue[] {
  return violations.map(({ message, code, path: [location = 'body', ...path] }) => {
    const missing = /required property '([^']+)'/.exec(message)?.[1]
    const tokens = missing ? [...path, missing] : path
    const names =
      location === 'path'
        ? tokens.map((token) => pathParameters.find((name) => name.toLowerCase() === token) ?? token)
        : tokens
    return {
      loc: [location, ...names.map((token) => (/^\d+$/.test(token) ? Number(token) : token))],
      msg: missing ? 'Field required' : message,
      type: types[code] ?? code,
    }
  })
}
