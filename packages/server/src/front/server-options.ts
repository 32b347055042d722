import type { OpenAPI, Operation } from '@livepeer-ai/openapi'
import type { ReceiveFile } from '../body/multipart.ts'
import type { Body } from '../body/read-body.ts'
import type { HttpError } from '../http/http-error.ts'
import type { Middleware } from '../http/middleware.ts'
import type { Access } from './access.ts'
import type { Cors } from './cors.ts'

/** A request that has been routed, authorized and read as its operation documents it. */
export interface Call<Value> extends Body<Value> {
  request: Request
  operation: Operation
  pathParameters: Record<string, string>
  requestId: string
}

/** The parts of a server that decide how errors are written. */
export interface ErrorOptions {
  /** If set, errors without a list of faults are the documented examples; default: a known form. */
  errorExamples?: boolean | undefined
  /** Returns the body for an error whose schema no known form fits; default: problem details. */
  generateError?:
    | ((operation: Operation, status: number, mediaType: string) => Promise<string | null | undefined>)
    | undefined
  /** Returns the name of the example that the client wants for an error with this status. */
  preferredExample?: ((request: Request, status: number) => string | undefined) | undefined
  /** Called with each schema of an error that cannot be used. */
  onProblem?: ((problem: { pointer: string; message: string }) => void) | undefined
  /** Returns more members for problem details that the description does not document. */
  problemMembers?: ((error: HttpError) => object) | undefined
}

export interface ServerOptions<Value> extends ErrorOptions {
  description: OpenAPI
  /** Accepted bearer tokens; default: any. With `'none'`, requests need no credentials. */
  tokens?: readonly string[] | 'none' | undefined
  /** If set, serves only this machine, its pages, and these; default: all hosts and origins. */
  access?: Access | undefined
  /** Size limit in bytes of a file and of a body that is not a form; default: 50 MiB. */
  maxBytes?: number | undefined
  /** Origins that browsers may call from; default: any. */
  cors?: Cors | undefined
  /** If false, responses carry no `X-Request-Id`; default: true. */
  requestIds?: boolean | undefined
  /** If set, `handle` answers requests whose Accept header allows none of the documented types. */
  negotiates?: boolean | undefined
  /** Receives the bytes of each file as they arrive; default: keeps them in memory. */
  receiveFile?: ReceiveFile<Value> | undefined
  /** Answers a call. A thrown HttpError becomes the response, any other error a 500. */
  handle: (call: Call<Value>) => Response | Promise<Response>
  /** If set, `/openapi.json` and `/openapi.yaml` are the description, unless it has these paths. */
  servesDescription?: boolean | undefined
  /** Returns headers for the response to an error; default: none. */
  errorHeaders?: ((error: HttpError) => Record<string, string>) | undefined
  /** Answers requests to paths that the description does not have; undefined: 404. */
  otherwise?: ((request: Request) => Response | Promise<Response> | undefined) | undefined
  /** Wraps every response of the server. */
  around?: Middleware | undefined
  /** Called with each error that became a 500. */
  onError?: ((error: unknown, requestId: string) => void) | undefined
  /** Called with each response, and with the operation if the request matched one. */
  onResponse?:
    | ((request: Request, operation: Operation | undefined, response: Response, ms: number) => void)
    | undefined
}
