import type { Check, Context, Finding } from '../../check.ts'
import type { DriftSeverity } from '../../drift-class.ts'
import type { DriftFinding } from '../../drift-finding.ts'
import { defineChecks, planNothing } from '../define-checks.ts'
import type { Judge } from '../judgements.ts'
import { bareRequest } from '../requests.ts'

const severities: Record<DriftSeverity, Finding['severity']> = {
  critical: 'fail',
  breaking: 'fail',
  warning: 'warn',
  additive: 'info',
  info: 'info',
}

const planDescription = () => [bareRequest({ method: 'GET', target: '/openapi.json' })]

/** Returns a judge that reports the drift of the run that this check is about. */
const judgeDrift =
  (isMeant: (finding: DriftFinding, context: Context) => boolean): Judge =>
  (_, context) => {
    const { drift } = context
    if (!drift) return [{ severity: 'skip', message: 'there is no comparison to judge' }]
    return drift
      .filter((finding) => isMeant(finding, context))
      .map(({ severity, message, class: driftClass, pointer, known }) => ({
        severity: known ? 'info' : severities[severity],
        message,
        driftClass,
        pointer,
      }))
  }

/** Checks on the results of the drift comparison. */
export const driftChecks: Check[] = defineChecks('drift', [
  {
    id: 'DR-01',
    title: 'The published description equals the contract',
    harm: 'quality',
    profiles: ['drift'],
    needs: ['live-description'],
    source: 'OpenAPI description',
    remediation: 'Follow the contract, or propose a change to it.',
    plan: planDescription,
    judge: judgeDrift(({ seenIn }) => seenIn.includes('description')),
  },
  {
    id: 'DR-02',
    title: 'The responses of this run follow the contract',
    harm: 'quality',
    profiles: ['drift'],
    source: 'OpenAPI description, schemas of the responses',
    remediation: 'Follow the contract, or propose a change to it.',
    plan: planNothing,
    judge: (exchanges, context) => {
      if (context.driftFault !== undefined) throw new Error(context.driftFault)
      return judgeDrift(({ seenIn }) => seenIn.includes('answers'))(exchanges, context)
    },
  },
  {
    id: 'DR-03',
    title: 'The gateway follows its published description',
    harm: 'quality',
    profiles: ['drift'],
    needs: ['live-description'],
    source: 'OpenAPI description that the gateway publishes',
    remediation: 'Generate the description from the code that responds, or test the code against it.',
    plan: planDescription,
    judge: judgeDrift(({ verdict }) => ['implementation', 'stale-description', 'unmanaged'].includes(verdict)),
  },
  {
    id: 'DR-04',
    title: 'Nothing has changed since the previous run',
    harm: 'quality',
    profiles: ['drift'],
    needs: ['baseline'],
    source: 'the report to compare with',
    remediation: 'Find out what has been deployed since the previous run.',
    plan: planNothing,
    judge: judgeDrift(({ fingerprint }, { baseline }) => baseline !== undefined && !baseline.has(fingerprint)),
  },
])
