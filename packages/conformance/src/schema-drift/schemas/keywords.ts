/** The effect of a limit's greater value: `lower` limits get tighter, `upper` limits looser. */
export type LimitKind = 'lower' | 'upper' | 'other'

/** The keywords that limit a value. */
export const limits: ReadonlyMap<string, LimitKind> = new Map([
  ['minimum', 'lower'],
  ['exclusiveMinimum', 'lower'],
  ['minLength', 'lower'],
  ['minItems', 'lower'],
  ['minProperties', 'lower'],
  ['maximum', 'upper'],
  ['exclusiveMaximum', 'upper'],
  ['maxLength', 'upper'],
  ['maxItems', 'upper'],
  ['maxProperties', 'upper'],
  ['pattern', 'other'],
  ['multipleOf', 'other'],
  ['uniqueItems', 'other'],
])

/** The keywords that have a comparison of their own. */
export const comparedKeywords: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'format',
  'default',
  'properties',
  'required',
  'items',
  ...limits.keys(),
])
