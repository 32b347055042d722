import { execSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Turns the pending changesets into versions and changelogs, and updates the versions of the client
 * and the contract in `jsr.json`.
 */
// Changesets asks pnpm for the list of packages.
execSync('npx --yes --package pnpm@12.21.0 --call "changeset version"', { stdio: 'inherit' })

const versionOf = (name: string) =>
  (JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8')) as { version: string }).version
const jsr = 'packages/client/jsr.json'
const text = readFileSync(jsr, 'utf8')
  .replace(/"version": "[^"]*"/, `"version": "${versionOf('client')}"`)
  .replace(/npm:@livepeer-ai\/openapi@[^"]*/, `npm:@livepeer-ai/openapi@${versionOf('openapi')}`)
writeFileSync(jsr, text)
