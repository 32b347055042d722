import type { Check, Context, Finding } from '../../check.ts'
import type { DriftSeverity } from '../../drift-class.ts'
import type { DriftFinding } from '../../drift-finding.ts'
import type { Judge } from '../judgements.ts'
import { bareRequest } from '../requests.ts'
import { defineChecks, planNothing } from '../define-checks.ts'

const severities: Record<DriftSeverity, Finding['severity']> = {
  critical: 'fail',
  breaking: 'fail',
  warning: 'warn',
  additive: 'info',
  info: 'info',
}

const ownDescription = () => [bareRequest({ method: 'GET', target: '/openapi.json' })]

/** Passes on what the comparison of the run found, as far as this check is about it. */
const found =
  (isMeant: (finding: DriftFinding, context: Context) => boolean): Judge =>
  (_, context) => {
    const { drift } = context
    if (!drift) return [{ severity: 'skip', message: 'nothing was compared' }]
    return drift
      .filter((finding) => isMeant(finding, context))
      .map(({ severity, message, class: driftClass, pointer, known }) => ({
        severity: known ? 'info' : severities[severity],
        message,
        driftClass,
        pointer,
      }))
  }

/** The drift library compares; these say what it means for the gateway. */
export const driftChecks: Check[] = defineChecks('drift', [
  {
    id: 'DR-01',
    title: 'The description that the gateway publishes is the contract',
    level: 'SHOULD',
    profiles: ['drift'],
    needs: ['live-description'],
    source: 'OpenAPI description',
    remediation: 'Follow the contract, or propose the change to it.',
    plan: ownDescription,
    judge: found(({ seenIn }) => seenIn.includes('description')),
  },
  {
    id: 'DR-02',
    title: 'The answers of this run are those of the contract',
    level: 'SHOULD',
    profiles: ['drift'],
    source: 'OpenAPI description, schemas of the responses',
    remediation: 'Follow the contract, or propose the change to it.',
    plan: planNothing,
    judge: found(({ seenIn }) => seenIn.includes('answers')),
  },
  {
    id: 'DR-03',
    title: 'The gateway keeps to the description that it publishes',
    level: 'SHOULD',
    profiles: ['drift'],
    needs: ['live-description'],
    source: 'OpenAPI description that the gateway publishes',
    remediation: 'Generate the description from the code that answers, or test the code against it.',
    plan: ownDescription,
    judge: found(({ verdict }) => ['implementation', 'stale-description', 'unmanaged'].includes(verdict)),
  },
  {
    id: 'DR-04',
    title: 'Nothing has changed since the run before',
    level: 'SHOULD',
    profiles: ['drift'],
    needs: ['baseline'],
    source: 'the report to compare with',
    remediation: 'Look at what was deployed since then.',
    plan: planNothing,
    judge: found(({ fingerprint }, { baseline }) => baseline !== undefined && !baseline.has(fingerprint)),
  },
])
