import { createServer, unprocessable, urlOf, type Access, type Call, type Server } from '@livepeer-ai/server'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { MockCall } from '../calls/call.ts'
import { controlDescription } from './control-description.ts'
import type { Fault } from './fault.ts'
import type { Script, ScriptedResponse, When } from './script.ts'

/** Returns true for requests to the control API. */
export function isControl(request: Request): boolean {
  return urlOf(request).pathname.startsWith('/__mock/')
}

/** Returns the server of the control API, under `/__mock`. */
export function createControl(script: Script, calls: readonly MockCall[], reset: () => void, access?: Access): Server {
  const checkBody = createBodyCheck()
  const operations = new Map<string, (call: Call<Uint8Array>) => Response>([
    ['getCalls', () => Response.json(calls)],
    [
      'addResponse',
      ({ value }) => {
        const { match, times, ...response } = checkBody(value, 'ScriptedResponse') as ScriptedResponse & When
        return attempt(() => script.respond(response, { match, times }))
      },
    ],
    [
      'addFault',
      ({ value }) => {
        const { match, times, ...fault } = checkBody(value, 'Fault') as Fault & When
        return attempt(() => script.fault(fault, { match, times }))
      },
    ],
    [
      'reset',
      () => {
        reset()
        return new Response(null, { status: 204 })
      },
    ],
  ])
  return createServer({
    description: controlDescription,
    access,
    handle(call) {
      const { operationId } = call.operation
      const answer = operations.get(operationId)
      if (!answer) throw new Error(`The control API does not implement ${operationId}`)
      return answer(call)
    },
    otherwise: (request) => (request.url.endsWith('/openapi.json') ? Response.json(controlDescription) : undefined),
  })
}

/** Answers with a 422 if `set` throws a TypeError. */
function attempt(set: () => void): Response {
  try {
    set()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw unprocessable({ loc: ['body'], msg: error.message, type: 'not_playable' })
  }
  return new Response(null, { status: 204 })
}

/** Returns a function that throws a 422 unless a value fits a schema. Compiles each schema once. */
function createBodyCheck(): (value: unknown, schema: string) => unknown {
  const ajv = new Ajv2020({ strict: false, discriminator: true })
  ajv.addSchema({ $id: 'control', components: controlDescription.components })
  return (value, schema) => {
    const validate = ajv.getSchema(`control#/components/schemas/${schema}`)
    if (!validate) throw new Error(`The control API has no schema ${schema}`)
    if (validate(value)) return value
    throw unprocessable(
      ...(validate.errors ?? []).map(({ instancePath, message = '', keyword }) => ({
        loc: ['body', ...instancePath.split('/').slice(1)],
        msg: message,
        type: keyword,
      })),
    )
  }
}
