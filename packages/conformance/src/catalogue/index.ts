import type { Check } from '../check.ts'
import { authChecks } from './areas/auth.ts'
import { bodiesChecks } from './areas/bodies.ts'
import { driftChecks } from './areas/drift.ts'
import { errorsChecks } from './areas/errors.ts'
import { fieldsChecks } from './areas/fields.ts'
import { headersChecks } from './areas/headers.ts'
import { itemChecks } from './areas/item.ts'
import { jsonChecks } from './areas/json.ts'
import { mediaChecks } from './areas/media.ts'
import { methodChecks } from './areas/method.ts'
import { multipartChecks } from './areas/multipart/index.ts'
import { negotiationChecks } from './areas/negotiation.ts'
import { parametersChecks } from './areas/parameters.ts'
import { conditionalChecks } from './areas/resource/conditional.ts'
import { pagingChecks } from './areas/resource/paging.ts'
import { stateChecks } from './areas/resource/state.ts'
import { responseChecks } from './areas/response.ts'
import { routingChecks } from './areas/routing.ts'
import { speechChecks } from './areas/speech.ts'
import { transportChecks } from './areas/transport.ts'
import { recordingKinds } from './kinds.ts'

/** Every check, area by area. */
export const catalogue: readonly Check[] = [
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
  ...itemChecks,
  ...stateChecks,
  ...conditionalChecks,
  ...pagingChecks,
  ...parametersChecks,
  ...bodiesChecks,
  ...jsonChecks,
]

/** The checks of audio-to-text, area by area. */
export const checks: readonly Check[] = catalogue.filter(({ for: kind = 'audio-to-text' }) => recordingKinds.has(kind))
