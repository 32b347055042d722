// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { aiRunner } from './gateways/ai-runner.ts'
import { goLivepeer } from './gateways/go-livepeer.ts'
import { livepeerStudio } from './gateways/livepeer-studio.ts'
import { retired } from './gateways/retired.ts'

export { aiRunner, goLivepeer, livepeerStudio, retired, goLivepeer as livepeerCloud }

export type GatewayName = 'ai-runner' | 'go-livepeer' | 'livepeer-studio' | 'retired'

/** Another name of one of them. */
export type GatewayAlias = 'livepeer-cloud'

/** By name: what a client must know to talk to it. */
export const gateways: Readonly<Record<GatewayName, GatewayProfile>> = {
  'ai-runner': aiRunner,
  'go-livepeer': goLivepeer,
  'livepeer-studio': livepeerStudio,
  'retired': retired,
}
