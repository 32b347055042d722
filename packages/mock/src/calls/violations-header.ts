import type { HttpError, Issue } from '@livepeer-ai/server'

/** A violation as Prism lists it. */
export interface ListedViolation {
  location: (string | number)[]
  severity: 'Error'
  code: string | number
  message: string
}

const maxListed = 20

/** Statuses that mean a violation of the description. */
const ofViolation = new Set([400, 401, 415, 422])

/** Returns the problems of a request as Prism lists them. */
export function listViolations({ status, message, issues }: HttpError): ListedViolation[] {
  if (!ofViolation.has(status)) return []
  if (!issues.length) return [{ location: ['request'], severity: 'Error', code: status, message }]
  return issues.map(toListed)
}

/** Names of the parts of a request, as Prism writes them. */
const nouns: Record<string, string> = { body: 'body property', query: 'query parameter', header: 'header parameter' }

/** Returns an issue as Prism lists it: for a missing value, the place is that of its object. */
function toListed({ loc, msg, type }: Issue): ListedViolation {
  const location = ['request', ...loc.map(String)]
  if (type !== 'missing') return { location, severity: 'Error', code: type, message: msg }
  const [part = '', ...path] = loc
  const name = path.at(-1)
  if (name === undefined)
    return { location: ['request'], severity: 'Error', code: 'required', message: 'Body parameter is required' }
  const owner = path.slice(0, -1)
  const noun = owner.length ? `${nouns[part] ?? `${part} parameter`} ${owner.join('.')}` : part
  const message = `Request ${noun} must have required property '${name}'`
  return { location: location.slice(0, -1), severity: 'Error', code: 'required', message }
}

/** Returns what Prism adds to problem details: the violations, with places inside the request. */
export function problemMembers(error: HttpError): { validation?: ListedViolation[] } {
  if (!error.issues.length) return {}
  return {
    validation: listViolations(error).map(({ location, ...rest }) => ({ location: location.slice(1), ...rest })),
  }
}

/** Returns violations as the header of Prism, in ASCII. */
export function violationsHeader(violations: readonly ListedViolation[]): Record<string, string> {
  if (!violations.length) return {}
  const text = JSON.stringify(violations.slice(0, maxListed))
  const ascii = text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return { 'sl-violations': ascii }
}
