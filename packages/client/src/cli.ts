#!/usr/bin/env node
import { readArguments } from './cli/arguments.ts'
import { transcribeFiles } from './cli/transcribe-files.ts'
import { UsageError, usage } from './cli/usage.ts'

// Whoever reads what comes out may have seen enough, as `head` has; what is left would cost and reach nobody.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') console.error(`standard output: ${message}`)
  process.exit(1)
})

try {
  const options = readArguments(process.argv.slice(2), process.env)
  if (options === 'help') console.log(usage)
  else process.exitCode = await transcribeFiles(options)
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`${error.message}\nTry: livepeer-ai-transcribe --help`)
  process.exitCode = 2
}
