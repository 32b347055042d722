// The prepack script of packages that run in every environment. Bundles each entry point with its
// dependencies into one file in `lib`: as an ES module, in ES2019 as CommonJS for older tools, and
// its types.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { rolldown, type Plugin } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import { thirdParties } from './third-parties.ts'

/** Paths by subpath and condition. */
type Target = string | { [condition: string]: Target }

interface Manifest {
  bin: Record<string, string>
  exports: Target
  publishConfig: { bin: Record<string, string>; exports: Target }
}

interface Entry {
  /** The name of its files without extension. */
  name: string
  source: string
  /** Paths of its published files. */
  published: string[]
}

const folder = resolve(process.argv[2] ?? '.')
const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
const entries = [
  ...entriesOf(manifest.exports, manifest.publishConfig.exports),
  ...entriesOf(manifest.bin, manifest.publishConfig.bin),
]
const lib = join(folder, 'lib')
await rm(lib, { recursive: true, force: true })

const modules = new Set<string>()
for (const entry of entries) {
  if (entry.published.includes(`./lib/${entry.name}.js`)) await bundle(entry, lib, 'es', 'es2023')
  if (entry.published.includes(`./lib/cjs/${entry.name}.js`)) await bundle(entry, join(lib, 'cjs'), 'cjs', 'es2019')
}
for (const dir of ['lib', 'lib/cjs']) await bundleTypes(dir)
await writeFile(join(lib, 'cjs/package.json'), '{ "type": "commonjs" }\n')
await writeFile(join(folder, 'THIRD_PARTY_NOTICES.md'), await thirdParties([...modules]))

/** Returns the source files of a manifest, each with what is published in its place. */
function entriesOf(source: Target, published: Target | undefined): Entry[] {
  if (typeof source === 'object')
    return Object.entries(source).flatMap(([key, inner]) => entriesOf(inner, Object(published)[key] as Target))
  const paths = [published].flat().flatMap(pathsOf)
  const [main] = paths.filter((path) => path.endsWith('.js')).toReversed()
  return main ? [{ name: basename(main, '.js'), source: join(folder, source), published: paths }] : []
}

function pathsOf(target: Target | undefined): string[] {
  return typeof target === 'string' ? [target] : Object.values(target ?? {}).flatMap(pathsOf)
}

async function bundle(entry: Entry, dir: string, format: 'es' | 'cjs', target: string): Promise<void> {
  const bundler = await rolldown({
    input: { [entry.name]: entry.source },
    platform: 'neutral',
    external: /^node:/,
    transform: { target },
    plugins: [siblings(entry)],
  })
  const { output } = await bundler.write({ dir, format, comments: false, chunkFileNames: '[name].js' })
  for (const chunk of output) if (chunk.type === 'chunk') for (const id of chunk.moduleIds) modules.add(id)
}

/** An entry point that another one imports stays a file of its own, so that its classes are one. */
function siblings({ source }: Entry): Plugin {
  return {
    name: 'siblings',
    async resolveId(id, importer) {
      const found = await this.resolve(id, importer, { skipSelf: true })
      const sibling = entries.find((entry) => entry.source !== source && entry.source === found?.id)
      return sibling && { id: `./${sibling.name}.js`, external: true }
    },
  }
}

async function bundleTypes(dir: string): Promise<void> {
  const exported = entries.filter(({ name, published }) => published.includes(`./${dir}/${name}.d.ts`))
  const bundler = await rolldown({
    input: Object.fromEntries(exported.map(({ name, source }) => [name, source])),
    plugins: [dts({ dtsOnly: true, generator: 'oxc', tsconfig: false })],
  })
  await bundler.write({ dir: join(folder, dir), format: 'es', chunkFileNames: 'shared/[name].d.ts' })
}
