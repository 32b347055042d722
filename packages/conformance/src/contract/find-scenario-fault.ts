import { readFileSync } from 'node:fs'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { parse } from 'yaml'

const schemaFile = new URL('../../scenarios/scenarios.schema.yaml', import.meta.url)
let compiled: ValidateFunction | undefined

/** Returns the first fault of a scenario document with its place, or undefined. */
export function findScenarioFault(document: unknown): string | undefined {
  compiled ??= new Ajv2020({ strict: false, verbose: true }).compile(parse(readFileSync(schemaFile, 'utf8')) as object)
  const [fault] = compiled(document) ? [] : (compiled.errors ?? [])
  return fault && describe(fault)
}

function describe({ instancePath, keyword, params, parentSchema, message = keyword }: ErrorObject): string {
  const place = instancePath || 'the document'
  if (keyword === 'required') return `${place}: '${String(params['missingProperty'])}' is missing`
  if (keyword !== 'additionalProperties') return `${place} ${message.replaceAll(',', ' or ')}`
  const known = Object.keys((parentSchema as { properties: object }).properties)
  return `${place}: unknown member '${String(params['additionalProperty'])}'; known are ${known.join(', ')}`
}
