// Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.

/** The optional fields of the contract without an option of their own, in camel case. */
export interface MoreFields {
}

/** Adds these fields to the body of a request, by their names in the contract. */
export function addFields(_body: object, _options: MoreFields): void {
}
