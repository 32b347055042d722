import { writeFile } from 'node:fs/promises'
import { checks } from '../catalogue/index.ts'
import { isExpired, loadWaivers } from '../judge/waivers.ts'
import { UsageError, type Command } from './input/command.ts'
import { defaultWaivers, textOf } from './input/options.ts'

/** The file of waivers: is it in order, or a first one to begin with. */
export const waivers: Command = {
  synopsis: 'check|init [--waivers FILE]',
  summary: 'see whether the waivers are in order, or write a first file of them',
  options: ['waivers'],
  async run(values, [action]) {
    const file = textOf(values, 'waivers') ?? defaultWaivers
    if (action === 'init') return init(file)
    if (action !== 'check') throw new UsageError('waivers: write check or init behind it.')
    const now = new Date()
    const all = await loadWaivers(file, now)
    const problems = all.flatMap((waiver) => {
      if (isExpired(waiver, now)) return [`${waiver.id} expired on ${waiver.expires}: ask ${waiver.owner}`]
      const isFingerprint = /^[0-9a-f]{16}$/.test(waiver.id)
      return isFingerprint || checks.some(({ id }) => id === waiver.id)
        ? []
        : [`${waiver.id} is neither a check nor a fingerprint`]
    })
    for (const problem of problems) console.log(`${file}: ${problem}`)
    if (!problems.length) console.log(`${file}: ${all.length} waivers, all in order`)
    return problems.length ? 1 : 0
  },
}

async function init(file: string): Promise<number> {
  const expires = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  const text = `# Failures that we accept for a while. A waiver that expires makes the check fail again; one that is no longer needed is reported.
# - id: ME-03                     # a check, or the fingerprint of a finding
#   target: https://*.example.com # optional
#   reason: The load balancer cuts Allow.
#   owner: someone@example.com
#   expires: ${expires}           # at most 180 days away
`
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: ${error.code === 'EEXIST' ? 'is there already' : error.message}`)
  })
  console.log(`${file} written`)
  return 0
}
