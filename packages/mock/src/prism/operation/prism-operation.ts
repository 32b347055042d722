import type { getHttpOperationsFromSpec } from '@stoplight/prism-http'

/** Prism's model of an operation. */
export type PrismOperation = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>[number]
