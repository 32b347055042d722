/** An operation of a description. */
export interface OperationPlace {
  method: string
  /** The path template. */
  path: string
}
