/** No connection, no HTTP, or nothing of this contract behind the URL. */
export class UnreachableError extends Error {
  override name = 'UnreachableError' as const
}
