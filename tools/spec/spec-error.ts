/** The description, or a file that it refers to, is not fit to generate from. The message names the place and the reason. */
export class SpecError extends Error {
  override name = 'SpecError' as const
}

/** Runs a step from the command line: a {@link SpecError} is for whoever wrote the description, without a stack trace. */
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
