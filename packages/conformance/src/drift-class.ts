/** Severity of a drift for a client that follows the contract. */
export type DriftSeverity = 'critical' | 'breaking' | 'warning' | 'additive' | 'info'

/** Severity of each class of drift for a client that follows the contract. */
export const driftSeverities: Record<DriftClass, DriftSeverity> = {
  'description-unreadable': 'warning',
  'security-removed': 'critical',
  'security-added': 'breaking',
  'security-changed': 'breaking',
  'security-alternative-added': 'info',
  'operation-removed': 'breaking',
  'operation-added': 'info',

  'request-body-became-required': 'breaking',
  'request-body-removed': 'breaking',
  'request-media-type-removed': 'breaking',
  'request-media-type-added': 'info',
  'request-property-became-required': 'breaking',
  'request-property-became-optional': 'info',
  'request-property-removed': 'warning',
  'request-property-refused': 'breaking',
  'request-property-added': 'info',
  'request-type-changed': 'breaking',
  'request-type-widened': 'info',
  'request-default-changed': 'breaking',
  'request-enum-narrowed': 'breaking',
  'request-enum-widened': 'info',
  'request-limit-tightened': 'breaking',
  'request-limit-relaxed': 'info',
  'request-format-changed': 'warning',
  'request-schema-changed': 'warning',

  'success-status-removed': 'breaking',
  'error-status-removed': 'info',
  'undocumented-success-status': 'warning',
  // Clients with one type per status have no type for it.
  'undocumented-error-status': 'breaking',
  'documented-status-never-produced': 'info',
  'status-swap': 'warning',
  'error-envelope-changed': 'breaking',
  'response-media-type-changed': 'breaking',
  'response-media-type-missing': 'breaking',
  'response-media-type-added': 'additive',
  'response-header-missing': 'warning',
  'response-required-property-missing': 'breaking',
  'response-property-became-required': 'info',
  'response-optional-property-removed': 'warning',
  'response-optional-property-never-seen': 'info',
  'response-undocumented-property': 'additive',
  'response-type-changed': 'breaking',
  'response-became-nullable': 'breaking',
  'response-type-specialized': 'info',
  'response-enum-widened': 'warning',
  'response-enum-narrowed': 'info',
  'response-constraint-relaxed': 'breaking',
  'response-constraint-tightened': 'info',
  'response-format-changed': 'warning',
  'response-schema-changed': 'warning',
  'semantic-drift': 'warning',
}

export type DriftClass =
  | 'description-unreadable'
  | `security-${'removed' | 'added' | 'changed' | 'alternative-added'}`
  | `operation-${'removed' | 'added'}`
  | `request-body-${'became-required' | 'removed'}`
  | `request-media-type-${'removed' | 'added'}`
  | `request-property-${'became-required' | 'became-optional' | 'removed' | 'refused' | 'added'}`
  | `request-type-${'changed' | 'widened'}`
  | `request-enum-${'narrowed' | 'widened'}`
  | `request-limit-${'tightened' | 'relaxed'}`
  | `request-${'default' | 'format' | 'schema'}-changed`
  | `${'success' | 'error'}-status-removed`
  | `undocumented-${'success' | 'error'}-status`
  | 'documented-status-never-produced'
  | 'status-swap'
  | 'error-envelope-changed'
  | `response-media-type-${'changed' | 'missing' | 'added'}`
  | 'response-header-missing'
  | 'response-required-property-missing'
  | 'response-property-became-required'
  | `response-optional-property-${'removed' | 'never-seen'}`
  | 'response-undocumented-property'
  | `response-type-${'changed' | 'specialized'}`
  | 'response-became-nullable'
  | `response-enum-${'widened' | 'narrowed'}`
  | `response-constraint-${'relaxed' | 'tightened'}`
  | `response-${'format' | 'schema'}-changed`
  | 'semantic-drift'
