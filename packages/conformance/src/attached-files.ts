/** A file beside a report: a recording or a body that a command in the report sends. */
export interface AttachedFile {
  /** File name without a folder. */
  name: string
  content: Uint8Array
}

/** Folder of the attached files, relative to the folder of the report. */
export const attachedFolder = 'report.files'

/** The files by the part of a report that names them. They are too large for JSON. */
const files = new WeakMap<object, readonly AttachedFile[]>()

/** Attaches files to a part of a report. */
export function attachFiles(part: object, attached: readonly AttachedFile[]): void {
  files.set(part, attached)
}

export const attachedFilesOf = (part: object): readonly AttachedFile[] => files.get(part) ?? []
