import type { FileFacts } from '@livepeer-ai/openapi/gateways'
import type { FilePart } from '@livepeer-ai/server'

/** Facts about a file, collected while its bytes stream by. */
export interface FileNotes extends FileFacts {
  sha256: string
  /** The text of a JSON file, unless it is large. */
  json?: string | undefined
}

/** A form with notes in place of its files. */
export interface NotedForm {
  fields: Record<string, string>
  files: (Omit<FilePart, 'isTyped'> & { size: number; value: FileNotes })[]
}
