import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { Answer, Deviation, Evidence, GatewayProfile } from '@livepeer-ai/openapi/gateways'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { SpecError } from '../spec/spec-error.ts'

const suffix = '.overlay.yaml'

export interface Action {
  target: string
  description?: string
  update?: unknown
  remove?: boolean
}

/** What an overlay states about its gateway; the rest of a {@link GatewayProfile} is read from the result of its actions. */
export interface GatewayExtension extends Omit<GatewayProfile, 'servers' | 'fields'> {
  /** The implementation that was studied. */
  source: { repository: string; version: string; commit?: string }
}

/** A deviation as an overlay states it: without what can be derived. */
export interface DeviationExtension extends Omit<Deviation, 'answers' | 'evidence'> {
  answers: Answer[]
  evidence: Omit<Evidence, 'url'>[]
}

/** An OpenAPI Overlay 1.0 document, read but not yet checked. */
export interface Overlay {
  /** As messages name it. */
  file: string
  /** The file's name without its ending. */
  name: string
  actions: Action[]
  gateway: GatewayExtension | undefined
  deviations: DeviationExtension[]
  /** Where in the file this value stands, as `file:line:column`; the nearest value around it when it is not there. */
  locate(keys: readonly (string | number)[]): string
}

/** The overlays that belong to a description: one for each gateway in `gateways/` beside it, and `strict.overlay.yaml`. */
export async function findOverlays(specFile: string): Promise<{ gateways: string[]; strict: string[] }> {
  const folder = dirname(specFile)
  return {
    gateways: await filesIn(join(folder, 'gateways'), (name) => name.endsWith(suffix)),
    strict: await filesIn(folder, (name) => name === `strict${suffix}`),
  }
}

async function filesIn(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .filter(isWanted)
    .toSorted()
    .map((name) => join(folder, name))
}

/** Reads an overlay. Its structure is Redocly's to check: this goes after linting it. */
export async function readOverlay(path: string): Promise<Overlay> {
  const file = relative('.', path)
  const lines = new LineCounter()
  const document = parseDocument(await readFile(path, 'utf8'), { lineCounter: lines })
  const [error] = document.errors
  if (error) throw new SpecError(`${file}:${error.linePos?.[0].line ?? 1}  ${error.message.split('\n')[0]}`)
  const content = document.toJS() as Record<string, unknown>
  return {
    file,
    name: basename(path, suffix),
    actions: content['actions'] as Action[],
    gateway: content['x-gateway'] as GatewayExtension | undefined,
    deviations: (content['x-deviations'] ?? []) as DeviationExtension[],
    locate(keys) {
      const node = keys
        .map((_, index) => document.getIn(keys.slice(0, keys.length - index), true))
        .find((value) => isNode(value) && value.range)
      const { line, col } = lines.linePos((isNode(node) && node.range?.[0]) || 0)
      return `${file}:${line}:${col}`
    },
  }
}
