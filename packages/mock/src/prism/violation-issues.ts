import type { Issue } from '@livepeer-ai/server'
import type { Violation } from './prism.ts'

/** JSON Schema keywords that have a name of their own where this contract's issues come from. */
const types: Record<string, string> = { required: 'missing' }

/**
 * What Prism finds wrong with a request, as issues. A missing property is located where it should be.
 * Prism writes the names of path parameters in lower case; they are given back as they stand in the path.
 */
export function violationIssues(violations: Violation[], pathParameters: string[]): Issue[] {
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
