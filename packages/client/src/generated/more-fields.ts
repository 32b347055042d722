// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

import type { components } from '@livepeer-ai/openapi'

type Body = components['schemas']['Body_genAudioToText']

/** The optional fields of the contract without an option of their own, in camel case. */
export interface MoreFields {
}

/** Adds these fields to the body of a call. */
export function addFields<Init extends MoreFields & { body: Body }>(init: Init): Init {
  return init
}
