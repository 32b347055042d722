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
  const lines = fields.map(([name]) => `      ${name}: init.${toOption(name)},\n`)
  const body = `    ...init,\n    body: {\n      ...init.body,\n${lines.join('')}    },\n`
  // Bundlers leave out a function that returns its argument.
  const result = fields.length > 0 ? `{\n${body}  }` : 'init'
  return `import type { components } from '@livepeer-ai/openapi'

type Body = components['schemas']['Body_genAudioToText']

/** The optional fields of the contract without an option of their own, in camel case. */
export interface MoreFields {
${options.join('')}}

/** Adds these fields to the body of a call. */
export function addFields<Init extends MoreFields & { body: Body }>(init: Init): Init {
  return ${result}
}
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
