import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installPacked } from '../runtimes/install-packed.ts'
import { processes } from '../runtimes/processes.ts'
import { uploadMemory } from '../runtimes/upload-memory.ts'

/** What uploads from disk add to the memory of each runtime at their peak; on Linux, which tells it. */
const sizes = [200, 1000]
const project = await mkdtemp(join(tmpdir(), 'client-memory-'))
try {
  await installPacked(project, 'client')
  console.log(
    `| MB more at the peak | ${sizes.map((size) => `${size} MB file`).join(' | ')} |\n|---|${sizes.map(() => '--:|').join('')}`,
  )
  for (const [name, command] of Object.entries(processes)) {
    const peaks: string[] = []
    for (const size of sizes) peaks.push((await uploadMemory(project, command, size)).toFixed(0))
    console.log(`| ${name} | ${peaks.join(' | ')} |`)
  }
} finally {
  await rm(project, { recursive: true })
}
