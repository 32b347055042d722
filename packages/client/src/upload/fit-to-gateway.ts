import { FileError } from '../errors.ts'
import type { GatewayProfile } from '../gateway.ts'
import type { Parts, SentFile } from './form.ts'

/**
 * Returns the parts that the gateway accepts: without unknown fields and values, and with defaults
 * for required fields. Throws a FileError for a file that the gateway rejects, unless `checkFile`
 * is false.
 */
export function fitToGateway<File extends SentFile>(
  parts: Parts<File>,
  { title, limits: { maxBytes = Infinity }, containers: { accepted, refused }, fields }: GatewayProfile,
  operationId: string,
  checkFile = true,
): Parts<File> {
  const rules = fields[operationId] ?? {}
  const adapted = parts.filter(([name, value]) => {
    if (typeof value === 'string') return value && (rules[name]?.enum?.includes(value) ?? rules[name])
    const { size = 0, container = '' } = value
    const problem =
      size > maxBytes
        ? `has ${size} bytes, and ${title} takes ${maxBytes} at most`
        : refused.includes(container) && `is ${container}, which ${title} refuses; it takes ${accepted.join(', ')}`
    if (checkFile && problem) throw new FileError(`${value.name} ${problem}`)
    return true
  })
  for (const [name, { example }] of Object.entries(rules))
    if (example && !adapted.some(([given]) => given === name)) adapted.push([name, example])
  return adapted
}
