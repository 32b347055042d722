import type { Schema } from '@livepeer-ai/openapi'
import { createSchemaJudge } from '../judge/schema-judge.ts'
import type { LaneProblem } from './report/lane-problem.ts'

/** Checks a JSON body against the contract's own schema (JSON Schema 2020-12). */
export type SecondJudge = (schema: Schema, body: string) => LaneProblem[]

/**
 * Creates the judge that checks the work of Dredd's validator. Dredd gets a schema converted to
 * draft-07; this judge uses the schema of the contract, so that a wrong conversion is noticed.
 */
export function createSecondJudge(): SecondJudge {
  const judge = createSchemaJudge()
  return (schema, body) => {
    const fault = (message: string, pointer = ''): LaneProblem => ({ judges: ['ajv'], part: 'body', pointer, message })
    let value: unknown
    try {
      value = JSON.parse(body)
    } catch {
      return [fault(body ? 'the body is not JSON' : 'the body is empty')]
    }
    return judge(schema, value).map(({ pointer, message }) => fault(message, pointer))
  }
}
