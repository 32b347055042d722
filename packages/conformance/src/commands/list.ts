import { checks } from '../catalogue/index.ts'
import { selectChecks } from '../run/select-checks.ts'
import type { Command } from './input/command.ts'
import { profileOf } from './input/options.ts'

export const list: Command = {
  synopsis: '[--profile NAME]',
  summary: 'list the checks of the catalogue or of a profile',
  options: ['profile'],
  async run(values) {
    const profile = profileOf(values)
    for (const { id, title, level, critical } of profile ? selectChecks(checks, { profile }) : checks)
      console.log(`${id.padEnd(6)} ${(level + (critical ? '!' : '')).padEnd(7)} ${title}`)
    return 0
  },
}
