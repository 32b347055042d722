import { catalogue, checks } from '../catalogue/index.ts'
import { selectChecks } from '../run/select-checks.ts'
import type { Command } from './input/command.ts'
import { profileOf } from './input/options.ts'

export const list: Command = {
  synopsis: '[--profile NAME] [--spec FILE]',
  summary: 'list the checks of the catalogue or of a profile, or those of another API',
  options: ['profile', 'spec'],
  async run(values) {
    const profile = profileOf(values)
    const own = values.spec === undefined ? checks : catalogue.filter(({ for: kind }) => kind !== undefined)
    for (const { id, title, level, critical } of profile ? selectChecks(own, { profile }) : own)
      console.log(`${id.padEnd(6)} ${(level + (critical ? '!' : '')).padEnd(7)} ${title}`)
    return 0
  },
}
