import { HttpError, unprocessable } from '@livepeer-ai/server'

/** The granularity of the chunks in a response. */
export type Timestamps = 'sentence' | 'word' | 'none'

const timestamps: Record<string, Timestamps> = { true: 'sentence', sentence: 'sentence', word: 'word', false: 'none' }

/**
 * Validates the text fields of an audio-to-text request.
 * @throws HttpError 400 or 422
 */
export function parseFields(fields: Record<string, string>, models: readonly string[]): { timestamps: Timestamps } {
  const { model_id: model = '' } = fields
  // An empty field is a form's way to leave it out.
  const asked = fields['return_timestamps'] || 'true'
  const metadata = fields['metadata'] || '{}'
  if (!Object.hasOwn(timestamps, asked)) {
    const allowed = Object.keys(timestamps).map((value) => `'${value}'`)
    throw unprocessable({
      loc: ['body', 'return_timestamps'],
      msg: `Input should be one of ${allowed.join(', ')}`,
      type: 'enum',
    })
  }
  if (model && !models.includes(model))
    throw new HttpError(400, `This gateway does not run '${model.slice(0, 100)}'. It runs ${models.join(', ')}.`)
  if (!isJsonObject(metadata)) throw new HttpError(400, 'metadata is not a JSON object.')
  return { timestamps: timestamps[asked]! }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
