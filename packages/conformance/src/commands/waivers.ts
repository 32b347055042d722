import { writeFile } from 'node:fs/promises'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import { catalogue } from '../catalogue/index.ts'
import { isExpired, loadWaivers } from '../judge/waivers.ts'
import type { Command } from './input/command.ts'
import { defaultWaivers, textOf } from './input/options.ts'
import { formatCount } from './output/print-report.ts'

export const waivers: Command = {
  synopsis: 'check|init [--waivers FILE]',
  summary: 'check the waivers, or write a first file of them',
  options: ['waivers'],
  async run(values, [action]) {
    const file = textOf(values, 'waivers') ?? defaultWaivers
    if (action === 'init') return init(file)
    if (action !== 'check') throw new UsageError('waivers: name an action, check or init.')
    const now = new Date()
    const all = await loadWaivers(file, now)
    const problems = all.flatMap((waiver) => {
      if (isExpired(waiver, now)) return [`${waiver.id} expired on ${waiver.expires}: ask ${waiver.owner}`]
      const isFingerprint = /^[0-9a-f]{16}$/.test(waiver.id)
      // The name of a result has its operation behind the id: `JB-06@createBooking`.
      const [check] = waiver.id.split('@')
      return isFingerprint || catalogue.some(({ id }) => id === check)
        ? []
        : [`${waiver.id} is neither the id of a check nor a fingerprint`]
    })
    for (const problem of problems) console.log(`${file}: ${problem}`)
    if (!problems.length) console.log(`${file}: ${formatCount(all.length, 'waiver')}, all valid`)
    return problems.length ? 1 : 0
  },
}

async function init(file: string): Promise<number> {
  const expires = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  const text = `# Failures that we accept for a while. When a waiver expires, its check fails again. Waivers that are no longer needed are reported.
# - id: ME-03                     # id of a check, or fingerprint of a finding; with --spec also ME-03@operationId
#   target: https://*.example.com # optional
#   reason: The load balancer removes Allow.
#   owner: someone@example.com
#   expires: ${expires}           # at most 180 days away
`
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: ${error.code === 'EEXIST' ? 'already exists' : error.message}`)
  })
  console.log(`${file} written`)
  return 0
}
