import { createServer, unprocessable, type Call, type Server } from '@livepeer-ai/server'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { MockCall } from '../calls/call.ts'
import { controlDescription } from './control-description.ts'
import type { Fault } from './fault.ts'
import type { Script, ScriptedResponse, When } from './script.ts'

/** The mock as tests in any language control it, under `/__mock`. */
export function createControl(script: Script, calls: readonly MockCall[], reset: () => void): Server {
  const ajv = new Ajv2020({ strict: false, discriminator: true })
  const done = () => new Response(null, { status: 204 })

  /** The body, when it is as described. */
  function body({ value }: Call<Uint8Array>, schema: string): unknown {
    const validate = ajv.compile({ $ref: `#/components/schemas/${schema}`, components: controlDescription.components })
    if (validate(value)) return value
    throw unprocessable(
      ...(validate.errors ?? []).map(({ instancePath, message = '', keyword }) => ({
        loc: ['body', ...instancePath.split('/').slice(1)],
        msg: message,
        type: keyword,
      })),
    )
  }

  const operations: Record<string, (call: Call<Uint8Array>) => Response> = {
    getCalls: () => Response.json(calls),
    addResponse(call) {
      const { match, times, ...response } = body(call, 'ScriptedResponse') as ScriptedResponse & When
      script.respond(response, { ...(match && { match }), ...(times && { times }) })
      return done()
    },
    addFault(call) {
      const { match, times, ...fault } = body(call, 'Fault') as Fault & When
      script.fault(fault, { ...(match && { match }), ...(times && { times }) })
      return done()
    },
    reset() {
      reset()
      return done()
    },
  }
  return createServer({
    description: controlDescription,
    handle: (call) => operations[call.operation.operationId]!(call),
    otherwise: (request) => (request.url.endsWith('/openapi.json') ? Response.json(controlDescription) : undefined),
  })
}
