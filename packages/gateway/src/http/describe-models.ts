import { isObject, type OpenAPI } from '@livepeer-ai/openapi'

/** Returns a description whose examples of `model_id` are these models. */
export function describeModels(description: OpenAPI, models: readonly string[]): OpenAPI {
  const described = structuredClone(description)
  for (const schema of Object.values(described.components?.['schemas'] ?? {})) {
    const { model_id: model } = isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {}
    if (isObject(model)) model['examples'] = models
  }
  return described
}
