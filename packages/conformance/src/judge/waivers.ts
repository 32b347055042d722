import { readFile } from 'node:fs/promises'
import { isObject } from '@livepeer-ai/openapi'
import { parse } from 'yaml'

/** A failure that an operator accepts for a while. */
export interface Waiver {
  /** Id of a check, or fingerprint of a finding. */
  id: string
  /** The gateways it is for: a URL, in which `*` stands for anything. Any unless given. */
  target?: string
  reason: string
  /** Who decides about it. */
  owner: string
  /** Date (YYYY-MM-DD), at most 180 days away. */
  expires: string
}

/** A file of waivers that cannot be used. The message names the file, the entry and the reason. */
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

/** Whether a waiver is past its last day. */
export const isExpired = ({ expires }: Waiver, now: Date): boolean => Date.parse(expires) + day <= now.getTime()

/** Whether a waiver is for this gateway. */
export function isWaiverFor({ target = '*' }: Waiver, url: string): boolean {
  const pattern = target
    .split('*')
    .map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*')
  return new RegExp(`^${pattern}$`).test(url)
}
