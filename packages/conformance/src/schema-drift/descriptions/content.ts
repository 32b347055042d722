import type { MediaType, OpenAPI } from '@livepeer-ai/openapi'
import { normalizeSchema } from '@livepeer-ai/openapi/normalize-schema'
import { pointerTo, type Draft, type DriftChange } from '../../drift-finding.ts'
import { cleanSchema } from '../schemas/clean-schema.ts'
import { compareSchemas } from '../schemas/compare-schemas.ts'
import { shapeOf } from '../schemas/shape.ts'
import type { BodyDraft } from './error-envelope.ts'

/** Normalized schemas by media type, in lower case and without parameters. */
export type Content = Map<string, unknown>

/** The place of a response in its description. */
export interface ResponsePlace {
  pointer: string
  status: string
  /** True if their schemas were inferred from answers. */
  observed?: boolean
}

/** Normalizes the schemas and the media types of a Content object. */
export function normalizeContent(description: OpenAPI, content: Record<string, MediaType> = {}): Content {
  return new Map(
    Object.entries(content).map(([name, { schema = {} }]) => [
      name.replace(/;.*/s, '').trim().toLowerCase(),
      normalizeSchema(description, schema),
    ]),
  )
}

/** Compares the bodies of one status. */
export function compareContent(ours: Content, theirs: Content, place: ResponsePlace): BodyDraft[] {
  const { pointer, status, observed } = place
  const schemas = [...ours].flatMap(([name, schema]): BodyDraft[] => {
    if (!theirs.has(name)) return []
    const whole = { ours: schema, theirs: theirs.get(name) }
    const at = pointerTo(pointer, 'content', name, 'schema')
    const drafts = compareSchemas(schema, whole.theirs, { direction: 'response', pointer: at, status, observed })
    return drafts.map((draft) => ({ ...draft, whole }))
  })
  return [...compareMediaTypes(ours, theirs, place), ...schemas]
}

function compareMediaTypes(ours: Content, theirs: Content, { pointer, status }: ResponsePlace): Draft[] {
  const at = (mediaType: string) => pointerTo(pointer, 'content', mediaType)
  const missing = [...ours.keys()].filter((name) => !theirs.has(name))
  const added = [...theirs.keys()].filter((name) => !ours.has(name))
  const changes: DriftChange[] = [
    ...missing.map((name) => ({ pointer: at(name), action: 'remove' as const })),
    ...added.map((name) => ({
      pointer: at(name),
      action: 'set' as const,
      value: { schema: cleanSchema(theirs.get(name)) },
    })),
  ]
  if (missing.length && added.length)
    return [
      {
        class: 'response-media-type-changed',
        pointer: pointerTo(pointer, 'content'),
        status,
        message: `${added.join(', ')} instead of ${missing.join(', ')}`,
        shape: added.toSorted().join(),
        changes,
      },
    ]
  return [
    ...missing.map((name): Draft => ({
      class: 'response-media-type-missing',
      pointer: at(name),
      status,
      message: `no ${name}`,
      changes,
    })),
    ...added.map((name): Draft => ({
      class: 'response-media-type-added',
      pointer: at(name),
      status,
      message: `also ${name}`,
      shape: shapeOf(theirs.get(name)),
      changes,
    })),
  ]
}
