import type { Verdict } from '../../report.ts'
import { verdictFacts, type VerdictFacts } from '../verdict-facts.ts'

/** A verdict, or a word like one for an entry that is no check. */
export type Label = Verdict | 'LANE' | 'EXPIRED' | 'DRIFT' | 'INFO' | 'UNSEEN'

type LabelFacts = Pick<VerdictFacts, 'tone' | 'meaning'>

const { FAIL, PASS, ...others } = verdictFacts

/** Meaning of each label, the most severe first. */
export const labelFacts: Record<Label, LabelFacts> = {
  FAIL,
  LANE: { tone: 'bad', meaning: 'a scenario of the contract lane fails' },
  DRIFT: { tone: 'note', meaning: 'differs from the contract' },
  EXPIRED: { tone: 'note', meaning: 'a waiver that has expired' },
  ...others,
  UNSEEN: { tone: 'quiet', meaning: 'a documented response that no request has provoked' },
  INFO: { tone: 'quiet', meaning: 'differs from the contract without harm' },
  PASS,
}

export const labels = Object.keys(labelFacts) as readonly Label[]
