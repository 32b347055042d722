import { checks } from '../catalogue/index.ts'
import { profileNames } from '../check.ts'
import { selectChecks } from '../select-checks.ts'
import type { Command } from './command.ts'
import { listOf } from './options.ts'

/** Every check of a profile, or of the whole catalogue. */
export const list: Command = {
  synopsis: '[--profile NAME]',
  summary: 'the checks of the catalogue',
  options: ['profile'],
  async run(values) {
    const profile = listOf(values, 'profile', profileNames)?.[0]
    for (const { id, title, level, critical, stability } of profile ? selectChecks(checks, { profile }) : checks)
      console.log(
        `${id.padEnd(6)} ${(level + (critical ? '!' : '')).padEnd(7)} ${title}${stability === 'experimental' ? ' (experimental)' : ''}`,
      )
    return 0
  },
}
