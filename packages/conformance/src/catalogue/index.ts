import type { Check } from '../check.ts'
import { authChecks } from './auth.ts'
import { driftChecks } from './drift.ts'
import { errorsChecks } from './errors.ts'
import { fieldsChecks } from './fields.ts'
import { headersChecks } from './headers.ts'
import { mediaChecks } from './media.ts'
import { methodChecks } from './method.ts'
import { multipartChecks } from './multipart.ts'
import { negotiationChecks } from './negotiation.ts'
import { responseChecks } from './response.ts'
import { routingChecks } from './routing.ts'
import { speechChecks } from './speech.ts'
import { transportChecks } from './transport.ts'

/** Every check of the catalogue, area by area. */
export const checks: readonly Check[] = [
  ...routingChecks,
  ...methodChecks,
  ...negotiationChecks,
  ...authChecks,
  ...multipartChecks,
  ...fieldsChecks,
  ...mediaChecks,
  ...errorsChecks,
  ...headersChecks,
  ...transportChecks,
  ...responseChecks,
  ...speechChecks,
  ...driftChecks,
]
