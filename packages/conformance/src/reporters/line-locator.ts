import { dirname, join, normalize } from 'node:path/posix'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'

/** A file in YAML or JSON. */
export interface SourceFile {
  /** Relative to the repository; used in links. */
  uri: string
  text: string
}

/** The file of a description. */
export interface DescriptionSource extends SourceFile {
  /** The files that it refers to. */
  others?: readonly SourceFile[]
}

/** A line of one of the files. */
export interface Line {
  uri: string
  /** Position of the file: the description comes first. */
  index: number
  line: number
}

interface OpenFile extends Pick<Line, 'uri' | 'index'> {
  document: Document.Parsed
  lines: LineCounter
}

/** A node in its file. */
interface Place extends Line {
  file: OpenFile
  node: Node | null
}

/**
 * Creates a function that finds the line of a JSON Pointer, or of its nearest existing ancestor.
 * References are followed, to other files as well.
 */
export function createLineLocator({ others = [], ...root }: DescriptionSource): (pointer: string) => Line {
  const locator = new LineLocator([root, ...others])
  return (pointer) => locator.locate(pointer)
}

class LineLocator {
  readonly #sources: readonly SourceFile[]
  readonly #files = new Map<number, OpenFile>()

  constructor(sources: readonly SourceFile[]) {
    this.#sources = sources
  }

  locate(pointer: string): Line {
    const { uri, index, line } = this.#walk(this.#open(0), pointer, 0)
    return { uri, index, line }
  }

  #open(index: number): OpenFile | undefined {
    const source = this.#sources[index]
    if (!source) return undefined
    const known = this.#files.get(index)
    if (known) return known
    const lines = new LineCounter()
    const file = { uri: source.uri, index, lines, document: parseDocument(source.text, { lineCounter: lines }) }
    this.#files.set(index, file)
    return file
  }

  #walk(file: OpenFile | undefined, pointer: string, depth: number): Place {
    if (!file) throw new Error('the description has no file')
    let place: Place = { uri: file.uri, index: file.index, file, node: file.document.contents, line: 1 }
    for (const key of pointer.split('/').slice(1).map(unescape)) {
      const step = this.#child(this.#follow(place, depth), key, depth)
      if (!step) break
      place = step
    }
    return place
  }

  /** Returns the place that a reference leads to. The depth limit ends circular references. */
  #follow(place: Place, depth: number): Place {
    const target = isMap(place.node) ? place.node.get('$ref') : undefined
    if (typeof target !== 'string' || depth > 10) return place
    const [path = '', fragment = ''] = target.split('#').map(decodeURIComponent)
    const uri = path === '' ? place.uri : normalize(join(dirname(place.uri), path))
    const index = this.#sources.findIndex((source) => normalize(source.uri) === normalize(uri))
    const file = this.#open(index)
    return file ? this.#follow(this.#walk(file, fragment, depth + 1), depth + 1) : place
  }

  #child(place: Place, key: string, depth: number): Place | undefined {
    const { file, node } = place
    const at = (child: Node | null, start: Node): Place => ({
      uri: file.uri,
      index: file.index,
      file,
      node: child,
      line: file.lines.linePos(start.range?.[0] ?? 0).line,
    })
    const parent = isAlias(node) ? (node.resolve(file.document) ?? null) : node
    if (isSeq(parent)) {
      const item = parent.items[Number(key)] as Node | undefined
      return item && at(item, item)
    }
    if (!isMap(parent)) return undefined
    const pair = parent.items.find(({ key: name }) => isScalar(name) && String(name.value) === key)
    if (pair) return at(pair.value as Node | null, pair.key as Node)
    // The part of an `allOf` that has the key is meant.
    const inherited = parent.get('allOf') as Node | undefined
    const parts = isSeq(inherited) ? (inherited.items as Node[]) : []
    for (const part of parts) {
      const found = depth > 10 ? undefined : this.#child(this.#follow({ ...place, node: part }, depth), key, depth + 1)
      if (found) return found
    }
    return undefined
  }
}

const unescape = (key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~')
