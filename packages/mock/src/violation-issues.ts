import type { Issue } from '@livepeer-ai/server'
import type { Violation } from './prism.ts'

/** JSON Schema keywords that have a name of their own where this contract's issues come from. */
const types: Record<string, string> = { required: 'missing' }

/** What Prism finds wrong with a request, as issues: a missing property is located where it should be. */
export function violationIssues(violations: Violation[]): Issue[] {
  return violations.map(({ message, code, path }) => {
    const missing = /required property '([^']+)'/.exec(message)?.[1]
    const loc = [...path, ...(missing ? [missing] : [])].map((token) => (/^\d+$/.test(token) ? Number(token) : token))
    return { loc, msg: missing ? 'Field required' : message, type: types[code] ?? code }
  })
}
