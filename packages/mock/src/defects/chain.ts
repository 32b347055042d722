import type { Middleware } from '@livepeer-ai/server'
import type { ChangeServer } from './defect.ts'

/** Combines several changes, the first one outermost. */
export function chain(...changes: ChangeServer[]): ChangeServer {
  return (site) =>
    changes
      .map((change) => change(site))
      .reduceRight<Middleware>(
        (inner, outer) => (request, next) => outer(request, (changed) => inner(changed, next)),
        (request, next) => next(request),
      )
}
