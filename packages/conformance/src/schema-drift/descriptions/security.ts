import { pointerTo, type Draft, type DriftChange } from '../../drift-finding.ts'
import type { Side } from './side.ts'

/** Compares the security requirements. The names of the schemes do not matter. */
export function compareSecurity(our: Side, their: Side, operation: string): Draft[] {
  const [ours, theirs] = [listAlternatives(our), listAlternatives(their)]
  const found = classify(ours, theirs)
  if (!found) return []
  const pointer = pointerTo(operation, 'security')
  const requirements = their.operation.security.map((all) => Object.fromEntries(all.map((name) => [name, []])))
  return [
    {
      class: found[0],
      pointer,
      message: found[1],
      shape: theirs.join(),
      changes: [...addSchemes(our, their), { pointer, action: 'set', value: requirements }],
    },
  ]
}

function classify(ours: string[], theirs: string[]): [name: Draft['class'], message: string] | undefined {
  const added = theirs.filter((one) => !ours.includes(one))
  const removed = ours.filter((one) => !theirs.includes(one))
  if (!added.length && !removed.length) return undefined
  // Two spellings of "no credentials": an empty list, and a list with an empty requirement.
  if (isOpen(theirs) && isOpen(ours)) return undefined
  if (isOpen(theirs)) return ['security-removed', 'credentials are not required']
  if (isOpen(ours)) return ['security-added', `credentials are required: ${theirs.join(', or ')}`]
  if (removed.length) return ['security-changed', `${theirs.join(', or ')} instead of ${ours.join(', or ')}`]
  return ['security-alternative-added', `also ${added.join(', or ')}`]
}

const isOpen = (alternatives: string[]) => !alternatives.length || alternatives.includes('')

/** Returns the changes that add the security schemes which only their description has. */
function addSchemes(our: Side, their: Side): DriftChange[] {
  const [known, schemes] = [schemesOf(our), schemesOf(their)]
  const names = new Set(their.operation.security.flat())
  return [...names]
    .filter((name) => !Object.hasOwn(known, name))
    .map((name) => ({
      pointer: pointerTo('/components/securitySchemes', name),
      action: 'set',
      value: schemes[name],
    }))
}

const schemesOf = ({ description }: Side) => description.components?.['securitySchemes'] ?? {}

/**
 * Formats each alternative by its schemes, for example `http bearer`; an empty text requires
 * nothing.
 */
function listAlternatives(side: Side): string[] {
  const schemes = schemesOf(side)
  return side.operation.security.map((names) =>
    names
      .map((name) => {
        const {
          type = name,
          scheme = '',
          in: place = '',
          name: key = '',
        } = (schemes[name] ?? {}) as Record<string, string>
        return [type, scheme.toLowerCase(), place, place === 'header' ? key.toLowerCase() : key]
          .filter(Boolean)
          .join(' ')
      })
      .toSorted()
      .join(' and '),
  )
}
