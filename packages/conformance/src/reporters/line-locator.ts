import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml'

/** A description as it stands in a file. */
export interface DescriptionSource {
  /** As links to it are to say it, relative to the repository. */
  uri: string
  /** YAML or JSON. */
  text: string
}

/**
 * Finds the line of what a JSON Pointer leads to, or of the nearest thing around it; on the way,
 * references in the file are followed.
 */
export function lineLocator(text: string): (pointer: string) => number {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const root = document.contents
  const lineOf = (node: Node) => lines.linePos(node.range?.[0] ?? 0).line

  const walk = (pointer: string, depth: number): { node: Node | null; line: number } => {
    let place: { node: Node | null; line: number } = { node: root, line: 1 }
    for (const key of pointer.split('/').slice(1).map(unescape)) {
      const step = child(follow(place.node, depth), key)
      if (!step) break
      place = { node: step.node, line: lineOf(step.key) }
    }
    return place
  }
  // A reference that leads back to itself ends after a few steps.
  const follow = (node: Node | null, depth: number): Node | null => {
    const target = isMap(node) ? node.get('$ref') : undefined
    if (typeof target !== 'string' || !target.startsWith('#') || depth > 10) return node
    return follow(walk(decodeURIComponent(target.slice(1)), depth + 1).node, depth + 1)
  }
  const child = (node: Node | null, key: string): { node: Node | null; key: Node } | undefined => {
    const parent = isAlias(node) ? (node.resolve(document) ?? null) : node
    if (isSeq(parent)) {
      const item = parent.items[Number(key)] as Node | undefined
      return item && { node: item, key: item }
    }
    if (!isMap(parent)) return undefined
    const pair = parent.items.find(({ key: name }) => isScalar(name) && String(name.value) === key)
    if (pair) return { node: pair.value as Node | null, key: pair.key as Node }
    // A lone `allOf` is a way to write a reference with something beside it.
    const inherited = parent.get('allOf') as Node | undefined
    return isSeq(inherited) && inherited.items.length === 1
      ? child(follow(inherited.items[0] as Node, 0), key)
      : undefined
  }
  return (pointer) => walk(pointer, 0).line
}

const unescape = (key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~')
