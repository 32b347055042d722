import { STATUS_CODES } from 'node:http'
import type { HttpError } from '../../http/http-error.ts'

/** A known shape of error bodies. */
export type ErrorFormat = (error: HttpError) => object

export const messageFormat: ErrorFormat = ({ message: msg }) => ({ detail: { msg } })

/** Problem details (RFC 9457). */
export const problemDetails: ErrorFormat = ({ status, message: detail }) => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail,
})

/** The first shape that fits is used. */
export const errorFormats: ErrorFormat[] = [
  messageFormat,
  ({ issues, message: msg }) => ({ detail: issues.length ? issues : [{ loc: [], msg, type: 'value_error' }] }),
  ({ message: text }) => ({ error: { message: text } }),
  ({ message: text }) => ({ message: text }),
  ({ message: text }) => ({ error: text }),
  ({ message: text }) => ({ detail: text }),
  ({ status, message: text }) => ({ code: status, message: text }),
  ({ message: text }) => ({ errors: [{ message: text }] }),
  problemDetails,
]
