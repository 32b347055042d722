import { judgeStatus, type Judge } from '../../judgements.ts'

/** Passes for the rejection of a body that is not a valid form. */
export const judgeMalformed: Judge = judgeStatus({ pass: [400, 415, 422] })

/** Passes for a transcript and for a rejection. */
export const judgeTolerated: Judge = judgeStatus({ pass: [200, 400, 413, 415, 422] })
