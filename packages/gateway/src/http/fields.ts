import { HttpError, unprocessable } from '@livepeer-ai/server'

/** The granularity of the chunks in a response. */
export type Timestamps = 'sentence' | 'word' | 'none'

const timestamps: Record<string, Timestamps> = { true: 'sentence', sentence: 'sentence', word: 'word', false: 'none' }

/** The values of the text fields. */
interface Fields {
  timestamps: Timestamps
  model: string | undefined
}

/**
 * Validates the text fields of an audio-to-text request.
 * @throws HttpError 400 or 422
 */
export function parseFields(fields: Record<string, string>, models: readonly string[]): Fields {
  // An empty field is a form's way to leave it out.
  const model = fields['model_id'] || undefined
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
  if (model !== undefined && !models.includes(model))
    throw new HttpError(400, `This gateway does not run '${model.slice(0, 100)}'. It runs ${models.join(', ')}.`)
  if (!isJsonObject(metadata)) throw new HttpError(400, 'metadata is not a JSON object.')
  return { timestamps: timestamps[asked]!, model }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
