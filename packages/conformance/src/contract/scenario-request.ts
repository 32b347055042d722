import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Operation } from '@livepeer-ai/openapi'
import { ScenarioError, type FileSource, type Scenario } from './scenario.ts'

/** A request as it goes over the wire. */
export interface ScenarioRequest {
  /** Path and query, without the base URL. */
  uri: string
  headers: Record<string, string>
  body: Buffer
}

export interface RequestOptions {
  /** Bearer token for operations that require one. */
  token: string
  /** The upload limit of the gateway, in bytes. */
  maxBytes: number
}

/** Builds the request of a scenario. */
export async function buildScenarioRequest(
  scenario: Scenario,
  operation: Operation,
  { token, maxBytes }: RequestOptions,
): Promise<ScenarioRequest> {
  const content = await buildBody(scenario, maxBytes)
  const headers: Record<string, string> = { ...content.headers }
  if (operation.security.flat().length) headers['authorization'] = 'Bearer {token}'
  if (scenario.prefer) headers['prefer'] = scenario.prefer
  for (const [name, value] of Object.entries(scenario.headers ?? {})) {
    if (value === null) delete headers[name.toLowerCase()]
    else headers[name.toLowerCase()] = value
  }
  const entries = Object.entries(headers).map(([name, value]) => [name, value.replaceAll('{token}', token)] as const)
  return {
    uri: buildUri(scenario, operation),
    headers: Object.fromEntries(entries),
    body: content.bytes.subarray(0, content.bytes.length - (scenario.truncate ?? 0)),
  }
}

function buildUri({ name, path = {}, query = {} }: Scenario, operation: Operation): string {
  const expanded = operation.path.replaceAll(/\{([^}]+)\}/g, (_, parameter: string) => {
    const value = path[parameter]
    if (value === undefined)
      throw new ScenarioError(`${operation.operationId}, ${name}: no value for the path parameter '${parameter}'`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams(query).toString()
  return search ? `${expanded}?${search}` : expanded
}

async function buildBody(
  scenario: Scenario,
  maxBytes: number,
): Promise<{ bytes: Buffer; headers: Record<string, string> }> {
  if (scenario.parts) return buildMultipart(scenario.parts, scenario.folder, maxBytes)
  if (scenario.json !== undefined)
    return { bytes: Buffer.from(JSON.stringify(scenario.json)), headers: { 'content-type': 'application/json' } }
  if (scenario.file !== undefined)
    return { bytes: await readFileSource({ file: scenario.file }, scenario.folder, maxBytes), headers: {} }
  return { bytes: Buffer.from(scenario.body ?? ''), headers: {} }
}

async function buildMultipart(
  parts: Record<string, string | FileSource>,
  folder: string,
  maxBytes: number,
): Promise<{ bytes: Buffer; headers: Record<string, string> }> {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') form.set(name, part)
    else
      form.set(
        name,
        new File([new Uint8Array(await readFileSource(part, folder, maxBytes))], part.filename ?? basename(part.file), {
          type: part.type ?? '',
        }),
      )
  }
  const encoded = new Response(form)
  return {
    bytes: Buffer.from(await encoded.arrayBuffer()),
    headers: Object.fromEntries(encoded.headers),
  }
}

async function readFileSource({ file, size }: FileSource, folder: string, maxBytes: number): Promise<Buffer> {
  const path = resolve(folder, file)
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new ScenarioError(`${path}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`)
  })
  return size === 'over-limit' ? Buffer.concat([bytes, Buffer.alloc(Math.max(0, maxBytes + 1 - bytes.length))]) : bytes
}
