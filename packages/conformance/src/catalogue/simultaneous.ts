import type { Context } from '../check.ts'
import type { RequestPlan } from '../request-plan.ts'
import { upload } from './requests.ts'

/** Plans an upload of each sentence with times by word, all at the same time. */
export const planSimultaneous = ({ clips }: Context): RequestPlan[] =>
  clips.sentences.map((clip) => upload(clip, { return_timestamps: 'word' }, { delivery: { together: 'sentences' } }))
