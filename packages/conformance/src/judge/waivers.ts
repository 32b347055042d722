import { readFile } from 'node:fs/promises'
import { escapeRegExp, isObject } from '@livepeer-ai/openapi'
import { parse } from 'yaml'

/** A failure that an operator accepts for a limited time. */
export interface Waiver {
  /** Id of a check, name of a result such as `JB-06@createBooking`, or fingerprint of a finding. */
  id: string
  /** URL of the gateways that it applies to, with `*` for any text; default: every gateway. */
  target?: string
  reason: string
  /** The person or team responsible for it. */
  owner: string
  /** Date (YYYY-MM-DD), at most 180 days away. */
  expires: string
}

/** Unusable file of waivers. The message names the file, the entry and the reason. */
export class WaiverError extends Error {
  override name = 'WaiverError' as const
}

const maxDays = 180
const day = 86_400_000
const required = ['id', 'reason', 'owner', 'expires'] as const
const fields = [...required, 'target']

/** Reads a file of waivers: a list of `{ id, target?, reason, owner, expires }`. */
export async function loadWaivers(file: string, now: Date): Promise<Waiver[]> {
  const document: unknown = await readFile(file, 'utf8')
    .then(parse)
    .catch((error: NodeJS.ErrnoException) => {
      const reason = error.code === 'ENOENT' ? 'no such file' : error.message.split('\n')[0]
      throw new WaiverError(`${file}: ${reason}`)
    })
  if (document === null || document === undefined) return []
  if (!Array.isArray(document)) throw new WaiverError(`${file}: expected a list of waivers`)
  return document.map((entry: unknown, index) => {
    const at = `${file}: waiver ${index + 1}`
    if (!isObject(entry)) throw new WaiverError(`${at}: expected a mapping`)
    const unknown = Object.keys(entry).find((key) => !fields.includes(key))
    if (unknown) throw new WaiverError(`${at}: unknown field '${unknown}'; known are ${fields.join(', ')}`)
    const missing = required.find((key) => typeof entry[key] !== 'string' || !entry[key])
    if (missing) throw new WaiverError(`${at}: '${missing}' is missing`)
    const waiver = entry as unknown as Waiver
    const expires = Date.parse(waiver.expires)
    if (!/^\d{4}-\d\d-\d\d$/.test(waiver.expires) || Number.isNaN(expires))
      throw new WaiverError(`${at}: 'expires' must be a date such as ${now.toISOString().slice(0, 10)}`)
    if (expires - now.getTime() > maxDays * day)
      throw new WaiverError(`${at}: 'expires' is more than ${maxDays} days away`)
    return waiver
  })
}

/** Returns true if a waiver is past its last day. */
export const isExpired = ({ expires }: Waiver, now: Date): boolean => Date.parse(expires) + day <= now.getTime()

/** Returns true if a waiver applies to this gateway. */
export function isWaiverFor({ target = '*' }: Waiver, url: string): boolean {
  const pattern = target.split('*').map(escapeRegExp).join('.*')
  return new RegExp(`^${pattern}$`).test(url)
}
