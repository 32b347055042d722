import type { VerdictFacts } from '../verdict-facts.ts'
import type { Label } from './label.ts'
import type { OperationTable } from './operation-table.ts'

/** A report in the words and the order of a reader. HTML, Markdown and terminal share it. */
export interface Outline {
  /** Title of the gateway, or its base URL. */
  name: string
  url: string
  exitCode: number
  conclusion: Span[]
  /** Advice about the run as a whole. */
  hints: Span[][]
  totals: Total[]
  sections: Section[]
  /** The verdicts by operation and area; without rows for a run with one operation. */
  operations: OperationTable
  /** Facts about the run. */
  facts: [term: string, value: string][]
}

/** A piece of text; with `to` it links to the entry with this id. */
export interface Span {
  text: string
  to?: string | undefined
}

/** A count of entries, which is also a filter. */
export interface Total {
  label: Label
  count: number
  tone: VerdictFacts['tone']
  meaning: string
}

export interface Section {
  /** Also its anchor. */
  id: SectionId
  title: string
  entries: Entry[]
}

/** The sections in the usual order. */
export const sectionTitles = {
  failures: 'What fails',
  warnings: 'Warnings',
  drift: 'Drift from the description',
  known: 'Known deviations',
  waived: 'Waived by the operator',
  undecided: 'Without a verdict',
  unseen: 'Documented responses that were not provoked',
  rest: 'Everything else',
} as const
export type SectionId = keyof typeof sectionTitles

export interface Entry {
  /** Also its anchor. */
  id: string
  label: Label
  tone: VerdictFacts['tone']
  /** Its name in texts: the id of a check or of a deviation, or the class of a drift. */
  name: string
  title: string
  /** Level of a check, severity of a drift, or extent of a deviation. */
  scope?: string | undefined
  area?: string | undefined
  /** Harm to clients in one sentence. */
  harm?: string | undefined
  findings: OutlinedFinding[]
  /** Remedy for the operator, or workaround for clients. */
  advice?: { label: string; text: string } | undefined
  /** Source, scope and number of exchanges. */
  about: string
  /** Page where it is tracked. */
  url?: string | undefined
  /** Ids of its exchanges. */
  exchanges: readonly string[]
}

export interface OutlinedFinding {
  message: string
  /** Place, excuse and fingerprint. */
  notes: string[]
  evidence?: Evidence | undefined
  /** Id of an earlier entry with the same evidence. */
  sameAs?: string | undefined
}

/** An exchange that shows a finding, shortened. */
export interface Evidence {
  exchange: string
  /** Method, URL and body on one line. */
  request: string
  /** Status and reason, or the error in their place. */
  answer: string
  /** Header lines of the answer, without those that every answer has. */
  headers: string[]
  body: string
  /** Command that sends the request again. */
  command?: string | undefined
}

/** Returns a text without its links. */
export const toText = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('')
