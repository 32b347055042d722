import type { Context } from '../check.ts'
import type { RequestPlan } from '../request-plan.ts'
import { upload } from './requests.ts'

/** Plans an upload of each sentence at the same time, the longest one with times by word. */
export function planSimultaneous({ clips: { sentences } }: Context): RequestPlan[] {
  const longest = sentences.toSorted((a, b) => b.seconds - a.seconds)[0]
  return sentences.map((clip) =>
    upload(clip, clip === longest ? { return_timestamps: 'word' } : {}, { delivery: { together: 'sentences' } }),
  )
}
