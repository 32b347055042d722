/**
 * A description, or a file that it references, that nothing can be generated from. The message
 * names place and reason.
 */
export class SpecError extends Error {
  override name = 'SpecError' as const
}

/** Runs a step of the command line. A {@link SpecError} is printed without a stack trace. */
export async function runStep(step: () => Promise<void>, lastLine?: string): Promise<void> {
  try {
    await step()
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    console.error(error.message)
    if (lastLine) console.error(lastLine)
    process.exitCode = 1
  }
}
