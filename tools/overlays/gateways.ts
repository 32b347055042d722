import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { listOperations, type OpenAPI } from '@livepeer-ai/openapi'
import { findProblems, oneLine } from '../spec/lint.ts'
import { SpecError } from '../spec/spec-error.ts'
import { applyOverlay, type Applied } from './apply-overlay.ts'
import { checkExtensions } from './check-extensions.ts'
import { keepUsed } from './keep-used.ts'
import { readOverlay, type DeviationExtension, type GatewayExtension, type Overlay } from './overlay.ts'

/** A gateway's overlay and the contract after its actions. */
export interface DescribedGateway {
  gateway: GatewayExtension
  deviations: DeviationExtension[]
  description: OpenAPI
}

/**
 * Applies each overlay to the contract. All errors of all overlays become one {@link SpecError},
 * one line each.
 */
export async function describeGateways(
  description: OpenAPI,
  files: { gateways: string[]; strict: string[] },
): Promise<{ gateways: DescribedGateway[]; strict: OpenAPI | undefined }> {
  const gateways = await Promise.all(files.gateways.map(readOverlay))
  const strict = await Promise.all(files.strict.map(readOverlay))
  const operationIds = listOperations(description).map(({ operationId }) => operationId)
  const problems = checkExtensions(gateways, operationIds)
  if (problems.length) throw new SpecError(problems.join('\n'))
  const results = gateways.concat(strict).map((overlay) => {
    const { result, touched } = applyOverlay(overlay, description)
    return { overlay, applied: { result: keepUsed(result, overlay.gateway?.operations), touched } }
  })
  await lintResults(results)
  return {
    gateways: results.flatMap(({ overlay: { gateway, deviations }, applied }) =>
      gateway ? [{ gateway, deviations, description: applied.result }] : [],
    ),
    strict: results[gateways.length]?.applied.result,
  }
}

interface Result {
  overlay: Overlay
  applied: Applied
}

/** The rules for the contract hold for the result of an overlay as well. */
async function lintResults(results: Result[]): Promise<void> {
  if (!results.length) return
  const folder = await mkdtemp(join(tmpdir(), 'overlays-'))
  try {
    const files = results.map(({ overlay }) => join(folder, `${overlay.name}.json`))
    await Promise.all(files.map((file, index) => writeFile(file, JSON.stringify(results[index]?.applied.result))))
    const problems = await findProblems(files)
    if (!problems.length) return
    const lines = problems.map(({ message, ruleId, location: [at] }) => {
      const result = results.find(({ overlay }) => basename(at?.source.ref ?? '') === `${overlay.name}.json`)
      const pointer = at?.pointer?.replace(/^#/, '') ?? ''
      return `${origin(result, pointer)}: its result breaks a rule at ${pointer || 'its root'}: ${oneLine(message)}  (${ruleId})`
    })
    throw new SpecError(lines.join('\n'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Returns the action that caused a problem: the last one that touched the nearest place around or
 * inside it.
 */
function origin(result: Result | undefined, pointer: string): string {
  if (!result) return 'an overlay'
  const { overlay, applied } = result
  const nearness = applied.touched.map((places) => Math.max(0, ...places.map((place) => shared(place, pointer))))
  const index = nearness.lastIndexOf(Math.max(...nearness))
  const action = nearness[index] ? overlay.actions[index] : undefined
  return action ? `${overlay.locate(['actions', index, 'target'])}  actions[${index}] ${action.target}` : overlay.file
}

/** Returns the number of shared characters of two pointers, or 0 unless one contains the other. */
function shared(place: string, pointer: string): number {
  const [outer, inner] = place.length < pointer.length ? [place, pointer] : [pointer, place]
  return `${inner}/`.startsWith(`${outer}/`) ? outer.length : 0
}
