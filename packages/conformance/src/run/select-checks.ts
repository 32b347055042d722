import type { Check, ProfileName } from '../check.ts'

export interface Selection {
  profile: ProfileName
  /** Ids or prefixes of ids, for example `MP` or `MP-11`. They replace the profile. */
  only?: readonly string[]
  skip?: readonly string[]
  /** The share to run, from 1 to `total`. */
  shard?: { index: number; total: number }
}

/** Returns the checks of a selection in the order of the catalogue. */
export function selectChecks(checks: readonly Check[], { profile, only, skip = [], shard }: Selection): Check[] {
  const isNamed = (id: string, names: readonly string[]) => names.some((name) => isNameOf(name, id))
  return checks
    .filter((check) => (only?.length ? isNamed(check.id, only) : isInProfile(check, profile)))
    .filter(({ id }) => !isNamed(id, skip))
    .filter((_, index) => !shard || index % shard.total === shard.index - 1)
}

/** Returns the names that match no check. */
export const findUnknownNames = (checks: readonly Check[], names: readonly string[]): string[] =>
  names.filter((name) => !checks.some(({ id }) => isNameOf(name, id)))

const isNameOf = (name: string, id: string): boolean => id === name || id.startsWith(`${name}-`)

function isInProfile({ level, profiles = [], needs = [] }: Check, profile: ProfileName): boolean {
  const isLong = profiles.includes('long')
  if (profile === 'core') return level === 'MUST' && !isLong && !needs.includes('unsafe')
  if (profile === 'full' || profile === 'strict') return !isLong
  return profile === 'long' || profiles.includes(profile)
}
