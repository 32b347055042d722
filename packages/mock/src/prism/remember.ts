import type { Prism, PrismAnswer } from './prism.ts'

const limit = 500
const longest = 8 * 1024

/**
 * Asks Prism once for each distinct request. What it answers depends on nothing but the request that it is shown and the preference;
 * only `dynamic` without a seed is meant to differ each time.
 */
export function remember(prism: Prism): Prism {
  const answers = new Map<string, Promise<PrismAnswer>>()
  return (request, preference) => {
    if (preference.dynamic && preference.seed === undefined) return prism(request, preference)
    const key = JSON.stringify([request, preference])
    const known = answers.get(key)
    if (known) return known
    const answer = prism(request, preference)
    if (key.length <= longest) {
      answers.set(key, answer)
      // The oldest goes: a Map keeps the order in which keys came.
      if (answers.size > limit) answers.delete(answers.keys().next().value!)
    }
    return answer
  }
}
