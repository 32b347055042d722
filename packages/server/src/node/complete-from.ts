/**
 * Makes the instances of `part` such of `standard`, a class of the Fetch standard: what they do not have of their own they take from a whole one.
 * In one thing they differ: what takes them for their insides, as `fetch(it)` and `new Request(it)`, sees no more than an object, and takes `it.clone()`.
 */
export function completeFrom<Part extends object>(
  part: { prototype: Part },
  standard: { prototype: object },
  whole: (part: Part) => object,
): void {
  for (const name of Object.getOwnPropertyNames(standard.prototype)) {
    if (name in part.prototype) continue
    Object.defineProperty(part.prototype, name, {
      get(this: Part) {
        const complete = whole(this)
        const value: unknown = Reflect.get(complete, name)
        return typeof value === 'function' ? (value.bind(complete) as unknown) : value
      },
    })
  }
  Object.setPrototypeOf(part.prototype, standard.prototype)
}
