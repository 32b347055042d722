import type Dredd from 'dredd'

/** What Dredd's dependencies (winston 2, request) make Node warn about; nothing that a user could act on. */
const noise = /padLevels|util\._extend|DEP0060|DEP0169|punycode/

/** Loads Dredd, without its output on stdout and without the warnings about its dependencies. */
export async function loadDredd(): Promise<typeof Dredd> {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = (...warning: unknown[]) => {
    if (!noise.test(warning.map(String).join(' '))) emitWarning(...(warning as Parameters<typeof emitWarning>))
  }
  const [dredd, logger] = await Promise.all([import('dredd'), import('dredd/build/reporters/reporterOutputLogger.js')])
  logger.default.default.transports.console.silent = true
  return dredd.default
}
