// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { GatewayName } from './gateways.ts'

/** By name: loads the effective description and the deviations. */
export const detailLoaders: Readonly<
  Record<
    GatewayName,
    () => Promise<{ description: OpenAPI; deviations: readonly Deviation[]; encoder: 'go' | undefined }>
  >
> = {
  'ai-runner': () => import('./details/ai-runner.ts'),
  'go-livepeer': () => import('./details/go-livepeer.ts'),
  'livepeer-studio': () => import('./details/livepeer-studio.ts'),
  'retired': () => import('./details/retired.ts'),
}
