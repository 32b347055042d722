import type { Schema } from '@livepeer-ai/openapi'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Problem } from './problem.ts'

/** Holds a JSON body against the contract's own schema, in its own dialect (JSON Schema 2020-12). */
export type SecondJudge = (schema: Schema, body: string) => Problem[]

/**
 * Dredd's validator knows draft-07 at most, so it sees a converted schema.
 * This one sees the schema as it stands in the contract: a mistake in the conversion cannot hide.
 */
export function secondJudge(): SecondJudge {
  // Formats are annotations in 2020-12, and an OpenAPI schema holds keywords that are none of JSON Schema.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const compiled = new Map<Schema, ValidateFunction>()
  return (schema, body) => {
    const validate = compiled.get(schema) ?? ajv.compile(schema)
    compiled.set(schema, validate)
    let value: unknown
    try {
      value = JSON.parse(body)
    } catch {
      return [
        { judges: ['ajv'], part: 'body', pointer: '', message: body ? 'the body is not JSON' : 'the body is empty' },
      ]
    }
    return validate(value) ? [] : (validate.errors ?? []).map(problem)
  }
}

function problem({ instancePath, keyword, params, message = keyword }: ErrorObject): Problem {
  const missing = keyword === 'required' ? `/${String(params['missingProperty'])}` : ''
  return { judges: ['ajv'], part: 'body', pointer: instancePath + missing, message: missing ? 'is missing' : message }
}
