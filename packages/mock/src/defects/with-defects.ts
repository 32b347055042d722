import { defaultMaxBytes } from '@livepeer-ai/openapi'
import { auth } from './areas/auth.ts'
import { drift } from './areas/drift.ts'
import { errors } from './areas/errors.ts'
import { fields } from './areas/fields.ts'
import { headers } from './areas/headers.ts'
import { media } from './areas/media.ts'
import { method } from './areas/method.ts'
import { multipart } from './areas/multipart/index.ts'
import { negotiation } from './areas/negotiation.ts'
import { response } from './areas/response.ts'
import { routing } from './areas/routing.ts'
import { speech } from './areas/speech.ts'
import { transport } from './areas/transport.ts'
import { chain } from './chain.ts'
import type { Defect, DefectFront, Site } from './defect.ts'
import { UnknownDefectError } from './unknown-defect-error.ts'

/** The defects of each area of `spec/checks.yaml`. */
const areas: Record<string, readonly Defect[]> = {
  routing,
  method,
  negotiation,
  auth,
  multipart,
  fields,
  media,
  errors,
  headers,
  transport,
  response,
  speech,
  drift,
}

/** The server that gets the defects. */
export type SiteOptions = { [name in keyof Site]?: Site[name] | undefined }

/** A defect with its area. */
export type ListedDefect = Defect & { area: string }

/** All defects, by area. */
export const defects: readonly ListedDefect[] = Object.entries(areas).flatMap(([area, rows]) =>
  rows.map((row) => ({ area, ...row })),
)

/**
 * Returns layers with these defects, the first one outermost. Pass them to `listen()` as `front`.
 *
 * @throws UnknownDefectError
 */
export function withDefects(
  names: readonly string[],
  { token = 'any', maxBytes = defaultMaxBytes }: SiteOptions = {},
): DefectFront {
  const chosen = names.map(findDefect)
  const around = chain(...chosen.flatMap((one) => one.around ?? []))({ token, maxBytes })
  const wires = chosen.flatMap(({ wire }) => wire?.() ?? [])
  return {
    around: (request, next) => (isControl(request.url) ? next(request) : around(request, next)),
    wire: (incoming, outgoing, serve) => {
      if (isControl(incoming.url ?? '')) return serve()
      wires.reduceRight<() => void>((inner, wire) => () => wire(incoming, outgoing, inner), serve)()
    },
  }
}

/**
 * Returns the defect with this name.
 *
 * @throws UnknownDefectError
 */
export function findDefect(name: string): ListedDefect {
  const found = defects.find((candidate) => candidate.name === name)
  if (found) return found
  const near = defects
    .map((candidate) => ({ name: candidate.name, common: commonPairs(name, candidate.name) }))
    .toSorted((left, right) => right.common - left.common)
    .slice(0, 3)
  throw new UnknownDefectError(
    `Unknown defect '${name}'. Near: ${near.map((candidate) => candidate.name).join(', ')}. All: --defect list`,
  )
}

/** Returns true for the control API of the mock, which has no defects. */
function isControl(url: string): boolean {
  return /^(https?:\/\/[^/]+)?\/__mock\//.test(url)
}

/** Returns the share of letter pairs that two names have in common. */
function commonPairs(left: string, right: string): number {
  const pairs = (name: string) => new Set(Array.from({ length: name.length - 1 }, (_, at) => name.slice(at, at + 2)))
  const [mine, theirs] = [pairs(left), pairs(right)]
  return [...mine].filter((pair) => theirs.has(pair)).length / (mine.size + theirs.size)
}
