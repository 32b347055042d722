import {
  findOperationObject,
  listOperations,
  resolveReference,
  resolveSchema,
  type OpenAPI,
  type Schema,
} from '@livepeer-ai/openapi'

/** The fields that `audioToText()` converts itself. */
const handled = new Set(['audio', 'model_id', 'return_timestamps', 'metadata'])

/**
 * Returns the module that adds the other fields of the contract to `audioToText()`: an option for
 * each, in camel case.
 */
export function moreFields(description: OpenAPI): string {
  const fields = Object.entries(formProperties(description)).filter(([name]) => !handled.has(name))
  const options = fields.map(
    ([name, schema]) => `${comment(schema)}  ${toOption(name)}?: Body['${name}'] | undefined\n`,
  )
  // A function without a body costs a bundle nothing.
  const lines = fields.map(([name]) => `  Object.assign(body, { ${name}: options.${toOption(name)} })\n`)
  const [body, given] = lines.length > 0 ? ['body', 'options'] : ['_body', '_options']
  const imported = `import type { components } from '@livepeer-ai/openapi'

type Body = components['schemas']['Body_genAudioToText']

`
  return `${lines.length > 0 ? imported : ''}/** The optional fields of the contract without an option of their own, in camel case. */
export interface MoreFields {
${options.join('')}}

/** Adds these fields to the body of a request, by their names in the contract. */
export function addFields(${body}: object, ${given}: MoreFields): void {
${lines.join('')}}
`
}

function formProperties(description: OpenAPI): Record<string, Schema> {
  const operation = listOperations(description).find(({ operationId }) => operationId === 'genAudioToText')
  const { requestBody = { content: {} } } = (operation && findOperationObject(description, operation)) ?? {}
  const { schema } = resolveReference(description, requestBody).content['multipart/form-data'] ?? {}
  const { properties = {} } = resolveSchema(description, schema) as { properties?: Record<string, Schema> }
  return properties
}

const comment = ({ description }: Schema) => (typeof description === 'string' ? `  /** ${description} */\n` : '')

/** Converts `max_speakers` to `maxSpeakers`. */
const toOption = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
