import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { parseArgs, type ParseArgsConfig } from 'node:util'

/** Wrong usage of a command. The message says what is wrong and what to write instead. */
export class UsageError extends Error {
  override name = 'UsageError' as const
}

/** The errors that a program expects, each with its exit code. */
export type ExitCodes = readonly (readonly [type: new (...parameters: never[]) => Error, exitCode: number])[]

/**
 * Runs a program and sets the exit code of the process to its result.
 * An expected error prints its message and sets its own code; any other error prints its stack and
 * sets the code `fault`.
 */
export async function runProgram(
  program: (args: string[]) => Promise<number | void>,
  { exitCodes, fault }: { exitCodes: ExitCodes; fault: number },
): Promise<void> {
  try {
    process.exitCode = (await program(process.argv.slice(2))) ?? 0
  } catch (error) {
    const expected = exitCodes.find(([type]) => error instanceof type)
    console.error(expected && error instanceof Error ? error.message : error)
    process.exitCode = expected?.[1] ?? fault
  }
}

/** Parses arguments like `parseArgs` of Node, and throws a UsageError of one line. */
export function parseOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ')
    throw new UsageError(`${sentence.replace(/\.?$/, '.')} See --help.`)
  }
}

/**
 * Returns the numeric value of an option. Throws a UsageError unless it is a whole number up to
 * `max`.
 */
export function toWholeNumber(option: string, value: string, max: number = Number.MAX_SAFE_INTEGER): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number > max)
    throw new UsageError(`${option}: '${value}' is not a whole number up to ${max}`)
  return number
}

/** Returns the value of an option if it is one of `known`; throws a UsageError otherwise. */
export function toOneOf<T extends string>(option: string, value: string, known: readonly T[]): T {
  const found = known.find((candidate) => candidate === value)
  if (found === undefined) throw new UsageError(`${option}: '${value}' is not one of ${known.join(', ')}`)
  return found
}

/**
 * Writes a file under another name and then renames it. Readers see the whole file or the previous
 * one.
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const part = `${file}.${randomUUID().slice(0, 8)}.part`
  try {
    await writeFile(part, content)
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}
