import type { Check } from '../check.ts'
import { headerOf } from '../exchange.ts'
import { byStatus } from './judgements.ts'

/** Methods that the operation does not have. */
export const methodChecks: Check[] = [
  {
    id: 'ME-01',
    title: 'GET is refused, in words',
    area: 'method',
    level: 'SHOULD',
    critical: true,
    source: 'RFC 9110, section 15.5.6',
    stability: 'stable',
    remediation:
      'Route by method: answer 405 with Allow and an error body for every method that the description does not have.',
    plan: () => [{ method: 'GET', seconds: 0 }],
    judge: (exchanges) => [
      ...byStatus(exchanges, { pass: [405, 404] }),
      ...exchanges.flatMap((exchange) =>
        exchange.response && exchange.response.body.length === 0
          ? [{ severity: 'fail' as const, message: 'the body is empty', exchange }]
          : [],
      ),
    ],
  },
  {
    id: 'ME-03',
    title: 'Every 405 names the methods that are allowed',
    area: 'method',
    level: 'MUST',
    source: 'RFC 9110, section 15.5.6',
    stability: 'stable',
    remediation: 'Send Allow: POST with every 405.',
    plan: () => [],
    judge: (exchanges, { operation }) =>
      exchanges
        .filter(({ response }) => response?.status === 405)
        .filter(({ response }) => !headerOf(response, 'allow')?.toUpperCase().split(/,\s*/).includes(operation.method))
        .map((exchange) => ({
          severity: 'fail' as const,
          message: `405 ${headerOf(exchange.response, 'allow') === undefined ? 'without Allow' : `whose Allow lacks ${operation.method}`}`,
          exchange,
        })),
  },
]
