import { FileError } from '../errors.ts'
import type { Parts } from './form.ts'
import type { KnownGateway } from '../gateway.ts'

/**
 * The parts of a form as the gateway takes them: without fields and values that it does not take, with those that it
 * cannot do without. Throws a FileError for a file that it is known to refuse, unless `checkFile` is false.
 */
export function adapt<File extends SentFile>(
  parts: Parts<File>,
  { title, limits: { maxBytes = Infinity }, containers: { accepted, refused }, fields }: KnownGateway,
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

/** What a gateway's rules are about. */
export interface SentFile {
  name: string
  /** In bytes. */
  size?: number | undefined
  /** What its first bytes say that it is, such as `wav`. */
  container?: string | undefined
}
