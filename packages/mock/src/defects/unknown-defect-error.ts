/** Thrown for an unknown name of a defect. The message lists similar names. */
export class UnknownDefectError extends Error {
  override name = 'UnknownDefectError' as const
}
