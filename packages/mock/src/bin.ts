#!/usr/bin/env node
import * as nodeModule from 'node:module'
import { setFlagsFromString } from 'node:v8'

// What the last start has compiled is taken from the disk; Node 20 has no such cache.
nodeModule.enableCompileCache?.()
// Most of what a call allocates is garbage when it has been answered. Without this the space for it grows to 48 MB, and stays there.
setFlagsFromString('--semi-space-growth-factor=1')
// What outlives a call is collected before there is much of it; else memory grows for the first 50,000 calls.
setFlagsFromString('--heap-growing-percent=60')
// Both must be said before the code is loaded that they are about.
await import('./cli/cli.ts')
