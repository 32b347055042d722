import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runStep } from '../spec/spec-error.ts'
import { artifacts, type Step } from './artifacts.ts'
import { generateOutputs, specFile, writeOutput } from './outputs.ts'
import { writeFolder } from './write-folder.ts'

/**
 * `npm run generate`: writes all outputs, or with `--out` the contract folder of any description.
 * With `--strict`, that description must have the style of this repository.
 */
const { values } = parseArgs({
  options: {
    spec: { type: 'string', default: specFile },
    out: { type: 'string' },
    strict: { type: 'boolean', default: false },
  },
})
const printStep = ({ name, ms, remarks }: Step) =>
  console.log(`${name.padEnd(10)} ${ms} ms${remarks === undefined ? '' : ` (${remarks})`}`)

await runStep(async () => {
  const { spec, out, strict: isStrict } = values
  if (out === undefined) await Promise.all((await generateOutputs(spec, printStep)).map(writeOutput))
  else await writeFolder(resolve(out), await artifacts(spec, { onStep: printStep, isStrict }))
  console.log(`Generated from ${spec}.`)
}, 'Nothing was generated.')
