import type { Schema } from '@livepeer-ai/openapi'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { SchemaJudge, SchemaProblem } from '../check.ts'

/** Returns a judge that compiles each schema once. */
export function createSchemaJudge(): SchemaJudge {
  // Formats are annotations in 2020-12, and OpenAPI schemas have keywords beyond JSON Schema.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
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
