import type { Middleware } from '@livepeer-ai/server'
import type { NotedForm } from './noted-form.ts'

/** A layer around the responses: an imitated gateway, a recorder or recordings. */
export interface Stage {
  around: Middleware
  /** Returns the form of a request that `around` has read. */
  formOf: (request: Request) => NotedForm | undefined
}
