import { auth } from './areas/auth.ts'
import { drift } from './areas/drift.ts'
import { errors } from './areas/errors.ts'
import { fields } from './areas/fields.ts'
import { headerRows } from './areas/headers.ts'
import { media } from './areas/media.ts'
import { method } from './areas/method.ts'
import { multipart } from './areas/multipart.ts'
import { negotiation } from './areas/negotiation.ts'
import { response } from './areas/response.ts'
import { routing } from './areas/routing.ts'
import { speech } from './areas/speech.ts'
import { transport } from './areas/transport.ts'
import { inTurn } from './changes.ts'
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
  headers: headerRows,
  transport,
  response,
  speech,
  drift,
}

/** A defect with its area. */
export type ListedDefect = Defect & { area: string }

/** Every defect there is, by area. */
export const defects: readonly ListedDefect[] = Object.entries(areas).flatMap(([area, rows]) =>
  rows.map((row) => ({ area, ...row })),
)

/**
 * What makes a server have these defects, the first outermost: give it to `listen()` as its `front`.
 *
 * @throws UnknownDefectError
 */
export function withDefects(names: readonly string[], site: Partial<Site> = {}): DefectFront {
  const { token = 'any', maxBytes = 50 * 1024 * 1024 } = site
  const chosen = names.map(findDefect)
  const around = inTurn(...chosen.flatMap((one) => one.around ?? []))({ token, maxBytes })
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
 * The defect of this name.
 *
 * @throws UnknownDefectError
 */
export function findDefect(name: string): ListedDefect {
  const found = defects.find((candidate) => candidate.name === name)
  if (found) return found
  const near = defects
    .map((candidate) => ({ name: candidate.name, common: commonPairs(name, candidate.name) }))
    .toSorted((a, b) => b.common - a.common)
    .slice(0, 3)
  throw new UnknownDefectError(
    `Unknown defect '${name}'. Near: ${near.map((candidate) => candidate.name).join(', ')}. All: --defect list`,
  )
}

/** How a test tells the mock what to do is no part of what it imitates. */
function isControl(url: string): boolean {
  return /^(https?:\/\/[^/]+)?\/__mock\//.test(url)
}

/** The share of neighbouring letters that two names have in common. */
function commonPairs(left: string, right: string): number {
  const pairs = (name: string) => new Set(Array.from({ length: name.length - 1 }, (_, at) => name.slice(at, at + 2)))
  const [mine, theirs] = [pairs(left), pairs(right)]
  return [...mine].filter((pair) => theirs.has(pair)).length / (mine.size + theirs.size)
}
