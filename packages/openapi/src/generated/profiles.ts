// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation } from '@livepeer-ai/openapi/gateways'
import type { GatewayName } from './gateways.ts'

/** By name: loads the effective description and the deviations. */
export const profiles: Readonly<
  Record<GatewayName, () => Promise<{ description: OpenAPI; deviations: readonly Deviation[] }>>
> = {
  'ai-runner': () => import('./profiles/ai-runner.ts'),
  'go-livepeer': () => import('./profiles/go-livepeer.ts'),
  'livepeer-studio': () => import('./profiles/livepeer-studio.ts'),
  'retired': () => import('./profiles/retired.ts'),
}
