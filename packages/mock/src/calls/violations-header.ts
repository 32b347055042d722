import type { HttpError } from '@livepeer-ai/server'

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
  return issues.map(({ loc, msg, type }) => ({
    location: ['request', ...loc],
    severity: 'Error',
    code: type,
    message: msg,
  }))
}

/** Returns violations as the header of Prism, in ASCII. */
export function violationsHeader(violations: readonly ListedViolation[]): Record<string, string> {
  if (!violations.length) return {}
  const text = JSON.stringify(violations.slice(0, maxListed))
  const ascii = text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return { 'sl-violations': ascii }
}
