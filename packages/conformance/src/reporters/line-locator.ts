import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml'

/** The file of a description. */
export interface DescriptionSource {
  /** Relative to the repository; used in links. */
  uri: string
  /** YAML or JSON. */
  text: string
}

/**
 * Creates a function that finds the line of a JSON Pointer, or of its nearest existing ancestor.
 * References within the file are followed.
 */
export function createLineLocator(text: string): (pointer: string) => number {
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
  // The depth limit ends circular references.
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
    // An `allOf` with one item is a reference with sibling keywords.
    const inherited = parent.get('allOf') as Node | undefined
    return isSeq(inherited) && inherited.items.length === 1
      ? child(follow(inherited.items[0] as Node, 0), key)
      : undefined
  }
  return (pointer) => walk(pointer, 0).line
}

const unescape = (key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~')
