import type { Schema } from '@livepeer-ai/openapi'
import { createSchemaJudge } from '../judge/schema-judge.ts'
import type { Problem } from './problem.ts'

/** Holds a JSON body against the contract's own schema, in its own dialect (JSON Schema 2020-12). */
export type SecondJudge = (schema: Schema, body: string) => Problem[]

/**
 * Dredd's validator knows draft-07 at most, so it sees a converted schema.
 * This one sees the schema as it stands in the contract: a mistake in the conversion cannot hide.
 */
export function secondJudge(): SecondJudge {
  const judge = createSchemaJudge()
  return (schema, body) => {
    const fault = (message: string, pointer = ''): Problem => ({ judges: ['ajv'], part: 'body', pointer, message })
    let value: unknown
    try {
      value = JSON.parse(body)
    } catch {
      return [fault(body ? 'the body is not JSON' : 'the body is empty')]
    }
    return judge(schema, value).map(({ pointer, message }) => fault(message, pointer))
  }
}
