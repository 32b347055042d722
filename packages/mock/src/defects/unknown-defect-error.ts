/** Thrown for a name that no defect has; the message says which are near. */
export class UnknownDefectError extends Error {
  override name = 'UnknownDefectError' as const
}
