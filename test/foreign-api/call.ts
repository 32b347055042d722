import type { Operation } from '@livepeer-ai/openapi'

/** A request that fits the description. */
export interface Call {
  operation: Operation
  path: Record<string, string>
  query: Record<string, unknown>
  header: (name: string) => string | undefined
  body: Record<string, unknown>
  /** The bytes of the uploaded file. */
  file: Buffer
  /** Returns true if the server has this defect. */
  has: (defect: string) => boolean
}

export interface Reply {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** An error with a problem document. */
export const problem = (status: number, detail: string): Reply => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { title: titles[status] ?? 'Error', status, detail },
})

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  415: 'Unsupported Media Type',
}
