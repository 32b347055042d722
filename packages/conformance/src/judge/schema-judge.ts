import type { Schema } from '@livepeer-ai/openapi'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { SchemaJudge, SchemaProblem } from '../check.ts'
import { formats } from '../samples/values/formats.ts'

/**
 * Returns a judge that compiles each schema once.
 *
 * @param checksFormats - If set, a text has to fit its format; formats are annotations in 2020-12.
 */
export function createSchemaJudge(checksFormats = false): SchemaJudge {
  // OpenAPI schemas have keywords beyond JSON Schema.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: checksFormats, logger: false })
  for (const [name, { pattern }] of Object.entries(checksFormats ? formats : {})) ajv.addFormat(name, pattern)
  const compiled = new Map<Schema, ValidateFunction>()
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(schema)
    compiled.set(schema, validate)
    return validate(value) ? [] : (validate.errors ?? []).map(toProblem)
  }
}

function toProblem({ instancePath, keyword, params, message = keyword }: ErrorObject): SchemaProblem {
  const missing = keyword === 'required' ? `/${String(params['missingProperty'])}` : ''
  return { pointer: instancePath + missing, keyword, message: missing ? 'is missing' : message }
}
