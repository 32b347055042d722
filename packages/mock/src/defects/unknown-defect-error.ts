/** Thrown for a name that no defect has; the message says which are near. */
export class UnknownDriftError extends Error {
  override name = 'UnknownDriftError' as const
}
