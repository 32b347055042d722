import type { Check } from '../check.ts'
import { authChecks } from './areas/auth.ts'
import { driftChecks } from './areas/drift.ts'
import { errorsChecks } from './areas/errors.ts'
import { fieldsChecks } from './areas/fields.ts'
import { headersChecks } from './areas/headers.ts'
import { mediaChecks } from './areas/media.ts'
import { methodChecks } from './areas/method.ts'
import { multipartChecks } from './areas/multipart/index.ts'
import { negotiationChecks } from './areas/negotiation.ts'
import { responseChecks } from './areas/response.ts'
import { routingChecks } from './areas/routing.ts'
import { speechChecks } from './areas/speech.ts'
import { transportChecks } from './areas/transport.ts'

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
