// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { OpenAPI } from '@livepeer-ai/openapi'
import type { Deviation, Gateway } from '@livepeer-ai/openapi/gateways'
import { aiRunner } from './gateways/ai-runner.ts'
import { goLivepeer } from './gateways/go-livepeer.ts'
import { livepeerStudio } from './gateways/livepeer-studio.ts'
import { retired } from './gateways/retired.ts'

export type GatewayName = 'ai-runner' | 'go-livepeer' | 'livepeer-studio' | 'retired'

/** By name: what a client must know to talk to it. */
export const gateways: Readonly<Record<GatewayName, Gateway>> = {
  'ai-runner': aiRunner,
  'go-livepeer': goLivepeer,
  'livepeer-studio': livepeerStudio,
  'retired': retired,
}

/** By name: loads the effective description and the deviations. */
export const profiles: Readonly<
  Record<GatewayName, () => Promise<{ description: OpenAPI; deviations: readonly Deviation[] }>>
> = {
  'ai-runner': () => import('./profiles/ai-runner.ts'),
  'go-livepeer': () => import('./profiles/go-livepeer.ts'),
  'livepeer-studio': () => import('./profiles/livepeer-studio.ts'),
  'retired': () => import('./profiles/retired.ts'),
}
