import type { Check } from '../check.ts'
import { fieldsChecks } from './areas/audio-to-text/fields.ts'
import { mediaChecks } from './areas/audio-to-text/media.ts'
import { speechChecks } from './areas/audio-to-text/speech.ts'
import { authChecks } from './areas/auth.ts'
import { driftChecks } from './areas/drift.ts'
import { errorsChecks } from './areas/errors.ts'
import { headersChecks } from './areas/headers.ts'
import { methodChecks } from './areas/method.ts'
import { multipartChecks } from './areas/multipart/index.ts'
import { negotiationChecks } from './areas/negotiation.ts'
import { bodiesChecks } from './areas/request/bodies.ts'
import { itemChecks } from './areas/request/item.ts'
import { jsonChecks } from './areas/request/json.ts'
import { parametersChecks } from './areas/request/parameters.ts'
import { conditionalChecks } from './areas/resource/conditional.ts'
import { pagingChecks } from './areas/resource/paging.ts'
import { stateChecks } from './areas/resource/state.ts'
import { responseChecks } from './areas/response.ts'
import { routingChecks } from './areas/routing.ts'
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
