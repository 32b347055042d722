import type { Check, ProfileName } from '../check.ts'

export interface Selection {
  profile: ProfileName
  /** Ids or beginnings of ids, for example `MP` or `MP-11`. Take the place of the profile. */
  only?: readonly string[]
  skip?: readonly string[]
  /** Of `total` equal shares, the one to run; the first is 1. */
  shard?: { index: number; total: number }
}

/** The checks of a selection, in the order of the catalogue. */
export function selectChecks(checks: readonly Check[], { profile, only, skip = [], shard }: Selection): Check[] {
  const named = (id: string, names: readonly string[]) => names.some((name) => id === name || id.startsWith(`${name}-`))
  return checks
    .filter((check) => (only?.length ? named(check.id, only) : isInProfile(check, profile)))
    .filter(({ id }) => !named(id, skip))
    .filter((_, index) => !shard || index % shard.total === shard.index - 1)
}

/** Every id, or beginning of ids, that names no check. */
export const findUnknownNames = (checks: readonly Check[], names: readonly string[]): string[] =>
  names.filter((name) => !checks.some(({ id }) => id === name || id.startsWith(`${name}-`)))

function isInProfile({ level, critical, profiles = [], needs = [] }: Check, profile: ProfileName): boolean {
  const isLong = profiles.includes('long')
  if (profile === 'core') return (level === 'MUST' || critical === true) && !isLong && !needs.includes('unsafe')
  if (profile === 'full' || profile === 'strict') return !isLong
  return profile === 'long' || profiles.includes(profile)
}
