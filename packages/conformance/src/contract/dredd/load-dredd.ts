import { createRequire } from 'node:module'
import type Dredd from 'dredd'

const require = createRequire(import.meta.url)

/** What Dredd's dependencies (winston 2, request) make Node warn about; nothing that a user could act on. */
const noise = /padLevels|util\._extend|DEP0060|DEP0169|punycode/

/** Loads Dredd, without its output on stdout and without the warnings about its dependencies. */
export function loadDredd(): typeof Dredd {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = (...warning: unknown[]) => {
    if (!noise.test(warning.map(String).join(' '))) emitWarning(...(warning as Parameters<typeof emitWarning>))
  }
  const output = require('dredd/build/reporters/reporterOutputLogger') as {
    default: { transports: { console: { silent: boolean } } }
  }
  output.default.transports.console.silent = true
  return require('dredd') as typeof Dredd
}
