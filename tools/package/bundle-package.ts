// The prepack script of packages with a heavy engine. Bundles the compiled entry points in place
// with everything that is not a dependency, and writes the notices of the bundled code.
import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { thirdParties } from './third-parties.ts'

interface Manifest {
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  publishConfig?: { bin?: Record<string, string>; exports?: Record<string, unknown> }
}

/** Only one locale is kept: Prism does not use the others, and they are most of its weight. */
const oneLocale: Plugin = {
  name: 'one-locale',
  setup(bundler) {
    bundler.onResolve({ filter: /^@faker-js\/faker$/ }, ({ importer }) => ({
      path: createRequire(importer).resolve('@faker-js/faker/locale/en'),
    }))
  },
}

/**
 * Parts of Prism that the mock never uses, with their replacements. They are half of the remaining
 * code.
 */
const unused: [name: RegExp, instead: string][] = [
  // Description formats other than OpenAPI 3.
  [/^@stoplight\/http-spec\/(oas2|postman)\/operation$/, ''],
  // Prism's own loader of descriptions.
  [/^@stoplight\/json-schema-ref-parser$/, ''],
  // Prism's proxy, and the log of its CLI.
  [/^(https?-proxy-agent|pino)$/, ''],
  // Callbacks of a description are still sent.
  [/^node-fetch$/, 'module.exports = { default: (...request) => fetch(...request) }'],
]

const withoutUnused: Plugin = {
  name: 'without-unused',
  setup(bundler) {
    for (const [index, [filter, contents]] of unused.entries()) {
      const namespace = `unused-${index}`
      bundler.onResolve({ filter }, ({ path }) => ({ path, namespace }))
      bundler.onLoad({ filter: /./, namespace }, () => ({ contents, loader: 'js' }))
    }
  },
}

/**
 * Prism's generator of random responses takes a quarter of the start time and is rarely used: it is
 * loaded on demand.
 */
const generatorLater: Plugin = {
  name: 'generator-later',
  setup(bundler) {
    bundler.onResolve({ filter: /\/JSONSchema$/ }, ({ path, resolveDir }) => ({
      path: `${resolve(resolveDir, path)}.js`,
      suffix: '?later',
    }))
    bundler.onLoad({ filter: /\/JSONSchema\.js$/ }, ({ path, suffix }) => {
      if (!suffix) return undefined
      const load = `loaded ??= require(${JSON.stringify(path)})`
      const contents = `let loaded; module.exports = new Proxy({}, { get: (_, name) => Reflect.get((${load}), name) })`
      return { contents, loader: 'js' }
    })
  },
}

const folder = resolve(process.argv[2] ?? '.')
const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
const dist = join(folder, 'dist')
const { metafile } = await build({
  entryPoints: entryPoints(manifest).map((entry) => join(folder, entry)),
  outdir: join(folder, 'bundled'),
  bundle: true,
  splitting: true,
  minify: true,
  keepNames: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  metafile: true,
  external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).flatMap((name) => [
    name,
    `${name}/*`,
  ]),
  // CommonJS modules in the bundle load Node's modules with require().
  banner: {
    js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
  },
  plugins: [oneLocale, withoutUnused, generatorLater],
  logLevel: 'error',
})
for (const name of await readdir(dist, { recursive: true })) if (name.endsWith('.js')) await rm(join(dist, name))
await cp(join(folder, 'bundled'), dist, { recursive: true })
await rm(join(folder, 'bundled'), { recursive: true })
const notices = await thirdParties(Object.keys(metafile.inputs))
await writeFile(join(folder, 'THIRD_PARTY_NOTICES.md'), notices)

function entryPoints({ publishConfig = {} }: Manifest): string[] {
  const exported = Object.values(publishConfig.exports ?? {}).flatMap((target) =>
    typeof target === 'object' && target !== null && 'default' in target ? [String(target.default)] : [],
  )
  return [...new Set([...exported, ...Object.values(publishConfig.bin ?? {})])]
}
