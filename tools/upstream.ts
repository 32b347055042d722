import { readFile } from 'node:fs/promises'
import {
  compareDescriptions,
  DescriptionError,
  readDescription,
  type DriftFinding,
  type DriftSeverity,
} from '@livepeer-ai/conformance/drift'
import { description, type OpenAPI } from '@livepeer-ai/openapi'
import { parseOptions, runProgram, UsageError } from '@livepeer-ai/openapi/command-line'

const usage = `Usage: npm run upstream -- FILE|URL

Compares another OpenAPI description (JSON or YAML), for example a gateway's /openapi.json, with the contract.
Prints every difference for a client of the contract, the most severe first, and the version bump for adopting all.

Exit codes: 0 nothing breaks, 1 something breaks, 2 wrong usage or not an OpenAPI description,
3 the file or URL cannot be read, 70 internal error.
`

/** The decision for differences of each severity, and the version bump that follows. */
const decisions: Record<DriftSeverity, { heading: string; bump: Bump }> = {
  critical: { heading: 'Critical: security differs', bump: 'major' },
  breaking: { heading: 'Breaking: a client of the contract fails', bump: 'major' },
  warning: { heading: 'Warning: a client may fail', bump: 'minor' },
  additive: { heading: 'Additive: a client misses a feature', bump: 'minor' },
  info: { heading: 'Info: no effect on a client', bump: 'patch' },
}

/** A difference, of a class with any name. */
export type Difference = Omit<DriftFinding, 'class'> & { class: string }

export type Bump = 'major' | 'minor' | 'patch' | 'none'

/** Thrown if the file or URL cannot be read. */
class UnreadableError extends Error {}

/** Returns true if the differences break a client, and the version bump for adopting them. */
export function verdict(findings: readonly Difference[]): { breaks: boolean; bump: Bump } {
  const bumps = new Set(findings.map(({ severity }) => decisions[severity].bump))
  const bump = (['major', 'minor', 'patch'] as const).find((one) => bumps.has(one)) ?? 'none'
  return { breaks: bump === 'major', bump }
}

/** Returns the differences as text. */
export function decisionList(findings: readonly Difference[]): string {
  const { breaks, bump } = verdict(findings)
  const groups = Object.entries(decisions).flatMap(([severity, { heading }]) => {
    const group = findings.filter((finding) => finding.severity === severity)
    return group.length ? [`${heading} (${group.length})\n${group.map(line).join('\n')}\n`] : []
  })
  const conclusion = findings.length
    ? `${breaks ? 'Breaking' : 'Not breaking'}: adopting all ${findings.length} is a ${bump} change of @livepeer-ai/openapi and @livepeer-ai/client.`
    : 'Nothing to decide: both are equivalent.'
  return [...groups, conclusion].join('\n')
}

const line = ({ class: name, status, pointer, message, fingerprint }: Difference) =>
  `  ${name}${status ? ` ${status}` : ''}: ${message}\n    ${pointer}  [${fingerprint.slice(0, 12)}]`

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parse(args)
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const [source] = positionals
  if (source === undefined || positionals.length > 1)
    throw new UsageError('Name one file or URL of an OpenAPI description. See --help.')
  const findings = compareDescriptions(description, described(source, await read(source)))
  console.log(decisionList(findings))
  return verdict(findings).breaks ? 1 : 0
}

function parse(args: string[]) {
  return parseOptions({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  })
}

const mostBytes = 20_000_000

async function read(source: string): Promise<string> {
  if (!/^https?:\/\//.test(source))
    return readFile(source, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new UnreadableError(`Cannot read ${source}: ${error.code ?? error.message}`)
    })
  const cannot = (reason: string) => new UnreadableError(`Cannot read ${source}: ${reason}`)
  try {
    const response = await fetch(source, { signal: AbortSignal.timeout(30_000) })
    if (!response.ok) throw cannot(`it answers ${response.status}`)
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length > mostBytes) throw cannot(`it is larger than ${mostBytes} bytes`)
    }
    return text
  } catch (error) {
    if (error instanceof UnreadableError) throw error
    const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException }
    throw cannot(cause?.code ?? message)
  }
}

function described(source: string, text: string): OpenAPI {
  try {
    return readDescription(text)
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error
    throw new UsageError(`${source} is ${error.message}`)
  }
}

if (import.meta.main)
  await runProgram(main, {
    exitCodes: [
      [UsageError, 2],
      [UnreadableError, 3],
    ],
    fault: 70,
  })
