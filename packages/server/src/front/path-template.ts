import { escapeRegExp } from '@livepeer-ai/openapi'

/** A path template of a description, split at its slashes. */
export interface PathTemplate {
  segments: readonly Segment[]
  names: readonly string[]
  endsInSlash: boolean
}

/** A segment without parameters is its text. */
type Segment = string | RegExp

export function parseTemplate(path: string): PathTemplate {
  const { segments, endsInSlash } = splitPath(path)
  const names: string[] = []
  const parsed = segments.map((segment) => {
    if (!segment.includes('{')) return segment
    const source = segment.split(/(\{[^}]+\})/).map((text) => {
      if (!text.startsWith('{')) return escapeRegExp(text)
      names.push(text.slice(1, -1))
      return '(.+)'
    })
    return new RegExp(`^${source.join('')}$`, 's')
  })
  return { segments: parsed, names, endsInSlash }
}

/** Splits a path at its slashes and decodes the segments. A slash at the end adds no segment. */
export function splitPath(path: string): { segments: string[]; endsInSlash: boolean } {
  const segments = path.split('/').map(decodeSegment)
  const endsInSlash = segments.length > 2 && segments.at(-1) === ''
  return { segments: endsInSlash ? segments.slice(0, -1) : segments, endsInSlash }
}

/**
 * Returns the values of the parameters in a path that has been split, or undefined. With
 * `allowsEmpty`, a segment that is a parameter may be empty.
 */
export function matchTemplate(
  { segments }: PathTemplate,
  path: readonly string[],
  allowsEmpty = false,
): string[] | undefined {
  const values: string[] = []
  for (const [index, segment] of segments.entries()) {
    const text = path[index] ?? ''
    if (typeof segment === 'string') {
      if (segment !== text) return undefined
      continue
    }
    const match = allowsEmpty && !text && isParameter(segment) ? ['', ''] : segment.exec(text)
    if (!match) return undefined
    values.push(...match.slice(1))
  }
  return values
}

/** Orders templates of equal depth: fewer parameters first, then literal segments first. */
export function compareTemplates(left: PathTemplate, right: PathTemplate): number {
  if (left.names.length !== right.names.length) return left.names.length - right.names.length
  for (const [index, segment] of left.segments.entries()) {
    const difference = rank(segment) - rank(right.segments[index] ?? '')
    if (difference) return difference
  }
  return 0
}

/** A segment with text beside its parameters is more specific than one without. */
function rank(segment: Segment): number {
  if (typeof segment === 'string') return 0
  return isParameter(segment) ? 2 : 1
}

/** Returns true for a segment that is a parameter without text beside it. */
function isParameter(segment: RegExp): boolean {
  return segment.source === '^(.+)$'
}

export function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
