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

/**
 * The part of a {@link GatewayProfile} that an overlay states. The rest is read from the result of
 * its actions.
 */
export interface GatewayExtension extends Omit<GatewayProfile, 'servers' | 'fields'> {
  /** The operations of the contract that the gateway has; default: all. */
  operations?: string[]
  /** The implementation and version that the facts are about. */
  source: { repository: string; version: string; commit?: string }
  /** The encoder of transcripts. */
  encoder?: 'go'
  /** Recordings of the gateway, in `recordings/`. */
  recordings?: { file: string; states?: string[] }[]
}

/** A deviation as an overlay states it, without derived members. */
export interface DeviationExtension extends Omit<Deviation, 'answers' | 'evidence'> {
  answers: Answer[]
  evidence: Omit<Evidence, 'url'>[]
}

/** An OpenAPI Overlay 1.0 document, read but not yet checked. */
export interface Overlay {
  /** The file name for messages. */
  file: string
  /** The file name without its suffix. */
  name: string
  actions: Action[]
  gateway: GatewayExtension | undefined
  deviations: DeviationExtension[]
  /**
   * Returns the position of a value as `file:line:column`, or that of the nearest enclosing value.
   */
  locate(keys: readonly (string | number)[]): string
}

/**
 * Finds the overlays of a description: those in `gateways/` beside it, and `strict.overlay.yaml`.
 */
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

/** Parses an overlay. Redocly has checked its structure before. */
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
