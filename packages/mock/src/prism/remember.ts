import type { Prism, PrismAnswer } from './prism.ts'

const limit = 500
const maxKeyLength = 8 * 1024

/**
 * Asks Prism only once for each distinct request. Its answer depends on nothing but the request and
 * the preference. Only `dynamic` without a seed differs each time.
 */
export function remember(prism: Prism): Prism {
  const answers = new Map<string, Promise<PrismAnswer>>()
  return (place, request, preference) => {
    if (preference.dynamic && preference.seed === undefined) return prism(place, request, preference)
    const key = JSON.stringify([place.path, request, preference])
    const known = answers.get(key)
    if (known) return known
    const answer = prism(place, request, preference)
    if (key.length > maxKeyLength) return answer
    // The oldest answer is removed: a Map keeps the order of insertion.
    const [oldest] = answers.keys()
    if (oldest !== undefined && answers.size >= limit) answers.delete(oldest)
    answers.set(key, answer)
    return answer
  }
}
