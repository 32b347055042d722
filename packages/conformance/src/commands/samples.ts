import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { UsageError } from '@livepeer-ai/openapi/command-line'
import { stringify } from 'yaml'
import { readSpec } from '../description/read-spec.ts'
import { createSchemaJudge } from '../judge/schema-judge.ts'
import { makeSamples } from '../samples/make-samples.ts'
import { toEntry } from '../samples/to-entry.ts'
import type { Command } from './input/command.ts'
import { textOf } from './input/options.ts'

export const samples: Command = {
  synopsis: 'init --spec FILE [--samples FILE]',
  summary: 'write the valid request of each operation of another API into a file to edit',
  options: ['spec', 'samples'],
  async run(values, [action]) {
    const spec = textOf(values, 'spec')
    const file = textOf(values, 'samples') ?? 'conformance.samples.yaml'
    if (action !== 'init' || spec === undefined) throw new UsageError('Use: samples init --spec FILE [--samples FILE]')
    if (existsSync(file)) throw new UsageError(`${file} exists; name another file with --samples`)
    const all = makeSamples(await readSpec(spec), { schemaJudge: createSchemaJudge(true), allowWrites: true })
    const entries = Array.from(all, ([operationId, sample]) => [operationId, toEntry(sample)] as const)
    await writeFile(file, stringify(Object.fromEntries(entries), { lineWidth: 0 }))
    for (const [operationId, { problem }] of all) if (problem !== undefined) console.log(`${operationId}: ${problem}`)
    console.log(`Samples: ${file}`)
    return 0
  },
}
