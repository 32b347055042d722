/**
 * Makes `part` inherit from a class of the Fetch standard. Members that `part` does not define are
 * read from the complete instance that `whole` returns.
 * `fetch(instance)` and `new Request(instance)` need internal slots that instances do not have:
 * pass `instance.clone()` to them.
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
