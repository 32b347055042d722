import { execSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

/** Turns the pending changesets into versions and changelogs, and gives the client the same version on JSR. Run in the repository. */
// Changesets asks pnpm what there is.
execSync('npx --yes --package pnpm@12.21.0 --call "changeset version"', { stdio: 'inherit' })

const jsr = 'packages/client/jsr.json'
const { version } = JSON.parse(readFileSync('packages/client/package.json', 'utf8')) as { version: string }
const text = readFileSync(jsr, 'utf8')
writeFileSync(jsr, text.replace(/"version": "[^"]*"/, `"version": "${version}"`))
