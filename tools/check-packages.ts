import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { isPermissive } from './permissive.ts'
import { runStep, SpecError } from './spec-error.ts'

/** Packs every package as for publishing, and looks at what its users would get: exports, types, files and licences. */
const root = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)
const pnpm = async (cwd: string, ...args: string[]) =>
  (await run('npx', ['--yes', 'pnpm@12.21.0', ...args], { cwd, maxBuffer: 2 ** 26 })).stdout

interface Packed {
  folder: string
  filename: string
  files: { path: string }[]
}

async function pack(folder: string, tarballs: string): Promise<Packed> {
  const json = await pnpm(folder, 'pack', '--json', '--pack-destination', tarballs)
  return { folder, ...(JSON.parse(json) as Omit<Packed, 'folder'>) }
}

async function problemsOf({ folder, filename, files }: Packed): Promise<string[]> {
  const { name: packageName } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name: string }
  const tarball = new Uint8Array(await readFile(filename))
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true })
  const { types, ...analysis } = await checkPackage(createPackageFromTarballData(tarball), {
    excludeEntrypoints: [/\.(json|yaml)$/],
  })
  const wrongTypes = types && 'problems' in analysis ? analysis.problems.filter(concernsModules) : []
  const licences = JSON.parse(await pnpm(folder, 'licenses', 'list', '--prod', '--json')) as Record<
    string,
    { name: string }[]
  >
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`),
    ...wrongTypes.map((problem) => `types: ${JSON.stringify(problem)}`),
    ...['README.md', 'LICENSE']
      .filter((name) => !files.some(({ path }) => path === name))
      .map((name) => `${name} is missing`),
    ...files.filter(({ path }) => isOurs(path)).map(({ path }) => `${path} is of no use to anybody else`),
    ...Object.entries(licences).flatMap(([licence, packages]) =>
      packages
        .filter(({ name }) => !isPermissive(licence, name))
        .map(({ name }) => `${name} has the licence '${licence}', which is not known as permissive`),
    ),
  ].map((problem) => `${packageName}  ${problem}`)
}

/** These packages are modules alone: what a program without modules makes of them is no matter. */
function concernsModules(problem: Problem): boolean {
  return !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind)
}

/** Tests, what belongs to them, and maps to sources that are not there. */
function isOurs(path: string): boolean {
  return /\.test\.|\.map$|\.tsbuildinfo$|(^|\/)(test-|testing\/)/.test(path)
}

await runStep(async () => {
  const names = await readdir(join(root, 'packages'))
  // What is left of an earlier build would be packed, too.
  for (const name of names)
    for (const built of ['dist', 'tsconfig.build.tsbuildinfo'])
      await rm(join(root, 'packages', name, built), { recursive: true, force: true })
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  await run(process.execPath, [tsc, '-b'], { cwd: root }).catch(({ stdout }: { stdout: string }) => {
    throw new SpecError(stdout.trim())
  })
  const tarballs = await mkdtemp(join(tmpdir(), 'packages-'))
  try {
    // One after the other: packing some of them compiles others.
    const packed: Packed[] = []
    for (const name of names) packed.push(await pack(join(root, 'packages', name), tarballs))
    const problems = (await Promise.all(packed.map(problemsOf))).flat()
    if (problems.length) throw new SpecError(problems.join('\n'))
    console.log(`${names.length} packages are in order.`)
  } finally {
    await rm(tarballs, { recursive: true })
  }
})
