import type { NotedForm } from './gateway/imitate-gateway.ts'

/** What stands around the answers: a gateway that is imitated, a recorder, or recordings. */
export interface Stage {
  around: (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>
  /** The form of a request that the stage has read. */
  formOf: (request: Request) => NotedForm | undefined
}
