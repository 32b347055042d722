import { createRequire } from 'node:module'
import type Dredd from 'dredd'

const require = createRequire(import.meta.url)

/** Node's warnings about Dredd's dependencies (winston 2, request). Users cannot act on them. */
const noise = /padLevels|util\._extend|DEP0060|DEP0169|punycode/

/** Returns true if Dredd, an optional peer dependency, is installed. */
export function findDredd(): boolean {
  try {
    require.resolve('dredd/package.json')
    return true
  } catch {
    return false
  }
}

/** Loads Dredd; suppresses its output on stdout and the warnings about its dependencies. */
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
