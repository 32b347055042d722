import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { runStep, SpecError } from '../spec/spec-error.ts'
import { packPackages, type Packed } from './pack-packages.ts'
import { isPermissive } from './permissive.ts'

/**
 * Checks every package as it would be published: exports, types, manifest, files, size and
 * licenses.
 */

/** Size limits of the tarballs in kilobytes. They reveal files that do not belong there. */
const limits: Record<string, number> = {
  client: 75,
  conformance: 850,
  gateway: 110,
  mock: 800,
  model: 24_000,
  openapi: 80,
  server: 45,
}

/** The manifest members that describe a package to people. Other tools check the rest. */
const demanded = ['description', 'keywords', 'license', 'sideEffects', 'engines', 'files', 'publishConfig']

interface Manifest {
  name: string
  publishConfig?: { access?: string; provenance?: boolean; main?: string }
}

async function problemsOf(packed: Packed): Promise<string[]> {
  const manifest = JSON.parse(await readFile(`${packed.folder}/package.json`, 'utf8')) as Manifest
  const tarball = new Uint8Array(await readFile(packed.filename))
  const problems = [
    ...(await publintProblems(tarball)),
    ...(await typeProblems(tarball, manifest)),
    ...(await licenseProblems(packed.folder)),
    ...manifestProblems(manifest),
    ...fileProblems(packed.files),
    ...sizeProblems(basename(packed.folder), tarball.length / 1000),
  ]
  return problems.map((problem) => `${manifest.name}  ${problem}`)
}

/** Advice against `browser` beside `exports`, which tools without `exports` need. */
const forOlderTools = 'USE_EXPORTS_BROWSER'

async function publintProblems(tarball: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true })
  return messages
    .filter(({ code }) => code !== forOlderTools)
    .map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`)
}

async function typeProblems(tarball: Uint8Array, { publishConfig }: Manifest): Promise<string[]> {
  const { types, ...analysis } = await checkPackage(createPackageFromTarballData(tarball), {
    excludeEntrypoints: [/\.(json|yaml)$/],
  })
  const found = types && 'problems' in analysis ? analysis.problems : []
  return found
    .filter((problem) => publishConfig?.main || concernsModules(problem))
    .map((problem) => `types: ${JSON.stringify(problem)}`)
}

/** Packages without `main` are ESM only, so their types for CommonJS do not matter. */
function concernsModules(problem: Problem): boolean {
  return !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind)
}

/** Checks the licenses of everything that an installation brings along. */
async function licenseProblems(cwd: string): Promise<string[]> {
  const args = ['--yes', 'pnpm@12.21.0', 'licenses', 'list', '--prod', '--json']
  const { stdout } = await promisify(execFile)('npx', args, { cwd, maxBuffer: 2 ** 26 })
  return Object.entries(JSON.parse(stdout) as Record<string, { name: string }[]>).flatMap(([license, packages]) =>
    packages
      .filter(({ name }) => !isPermissive(license, name))
      .map(({ name }) => `${name} has the license '${license}', which is not known as permissive`),
  )
}

function manifestProblems(manifest: Manifest): string[] {
  const { access, provenance } = manifest.publishConfig ?? {}
  return [
    ...demanded.filter((field) => !(field in manifest)).map((field) => `package.json has no '${field}'`),
    ...(access === 'public' && provenance ? [] : ['publishConfig needs access: public and provenance: true']),
  ]
}

function fileProblems(files: string[]): string[] {
  return [
    ...['README.md', 'LICENSE'].filter((name) => !files.includes(name)).map((name) => `${name} is missing`),
    ...files.filter(isOurs).map((path) => `${path} does not belong in a package`),
  ]
}

/** Tests, their helpers, and source maps without sources. */
function isOurs(path: string): boolean {
  return /\.test\.|\.map$|\.tsbuildinfo$|(^|\/)(test-|testing\/)/.test(path)
}

function sizeProblems(name: string, kilobytes: number): string[] {
  const limit = limits[name]
  if (limit === undefined) return ['there is no limit of its size']
  return kilobytes > limit ? [`the tarball has ${kilobytes.toFixed(0)} KB; ${limit} are allowed`] : []
}

await runStep(async () => {
  const packed = await packPackages()
  const problems = (await Promise.all(packed.map(problemsOf))).flat()
  if (problems.length) throw new SpecError(problems.join('\n'))
  console.log(`${packed.length} packages are ready to publish.`)
})
