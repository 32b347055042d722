/** The URL does not lead to the operation: no connection, no HTTP, or another service. */
export class UnreachableError extends Error {
  override name = 'UnreachableError' as const
}
