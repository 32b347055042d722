#!/usr/bin/env node
import { runProgram, UsageError } from '@livepeer-ai/openapi/command-line'
import { readArguments } from './cli/arguments.ts'
import { transcribeFiles } from './cli/transcribe-files.ts'
import { usage } from './cli/usage.ts'

// A reader such as `head` may close the pipe early. The rest would cost money and reach nobody.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') console.error(`standard output: ${message}`)
  process.exit(1)
})

// The first Ctrl-C ends the calls and lets finished transcripts be written; a second one kills.
const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())

await runProgram(
  async (args) => {
    const options = readArguments(args, process.env)
    if (options !== 'help') return transcribeFiles(options, interruption.signal)
    console.log(usage)
    return 0
  },
  { exitCodes: [[UsageError, 2]], fault: 1 },
)
