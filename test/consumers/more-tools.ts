import { app, everyInput, nativeApp, toCommonJs, transcribe, type Consumer } from './consumer.ts'

const built = 'node main.mjs ./dist/app.js'
/** Bundlers parse a file of this type as they find it. */
const files = { 'app.js': app }

const webpackConfig = (more = '') =>
  `module.exports = { mode: 'production', entry: './app.js', output: { filename: 'app.js', publicPath: '', globalObject: 'globalThis' }, ${more} }`

const metro = (resolver: string, source: Record<string, string>, run: string): Consumer => ({
  packages: {
    metro: '0.87.1',
    '@react-native/babel-preset': '0.88.1',
    '@babel/core': '7.29.13',
    '@babel/runtime': '7.29.15',
    'hermes-compiler': '260318099.0.8',
  },
  files: {
    ...source,
    'babel.config.js': "module.exports = { presets: ['@react-native/babel-preset'] }",
    'metro.config.js': `module.exports = { resolver: { useWatchman: false, ${resolver} },
      transformer: { enableBabelRCLookup: true }, cacheStores: [] }`,
  },
  commands: ['mkdir dist', 'metro build app.js --out dist/app.js --platform ios', hermes, run],
})
/** Compiles a bundle like a release build of React Native. */
const hermes = 'node_modules/hermes-compiler/hermesc/linux64-bin/hermesc -w -emit-binary -out dist/app.hbc dist/app.js'
/** The resolver settings of React Native. */
const nativeExports = "unstable_enablePackageExports: true, unstable_conditionNames: ['react-native']"
const nativeFields = "unstable_enablePackageExports: false, resolverMainFields: ['react-native', 'browser', 'main']"
const onNative = 'node main.ts dist/app.js'

const jestTest = `${everyInput}
test('transcribes', async () => console.log(await everyInput(__filename)))`

const vitest = (environment: string, packages: Record<string, string> = {}): Consumer => ({
  packages: { vitest: '5.1.1', vite: '8.4.0', ...packages },
  files: {
    'app.test.mjs': `// @vitest-environment ${environment}
import { test } from 'vitest'
${jestTest.replace('__filename', "'app.test.mjs'")}`,
  },
  commands: ['vitest run'],
})

/** Checks and compiles an app to CommonJS. */
const commonJs = (typescript: string, options: Record<string, unknown>): Consumer => ({
  packages: { typescript },
  files: {
    'app.ts': app,
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        strict: true,
        target: 'es2022',
        lib: ['es2023', 'dom'],
        types: [],
        outDir: 'dist',
        ...options,
      },
      files: ['app.ts'],
    }),
  },
  commands: ['tsc', built],
})

/** Tools that are installed on demand. */
export const moreTools: Record<string, Consumer> = {
  'tsc, node10': commonJs('5.4.5', { module: 'commonjs', moduleResolution: 'node10' }),
  'tsc, node16 from CommonJS': commonJs('5.9.3', { module: 'node16' }),
  'tsc, nodenext from CommonJS': commonJs('7.0.2', { module: 'nodenext' }),
  tsx: { packages: { tsx: '4.23.15' }, files: { 'app.ts': app }, commands: ['tsx main.mjs ./app.ts'] },
  'ts-node': {
    packages: { 'ts-node': '10.9.2', typescript: '5.9.3', '@types/node': '24.19.2' },
    files: {
      'app.ts': `globalThis.gatewayUrl = process.env.GATEWAY_URL\n${app}`.replace(
        'globalThis.g',
        '(globalThis as any).g',
      ),
      'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "target": "es2022", "types": ["node"] } }',
    },
    commands: ['ts-node app.ts'],
  },
  Rollup: {
    packages: { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' },
    files,
    commands: [
      'rollup app.js -p node-resolve -f es -d dist',
      'mv dist/app.js dist/app.mjs',
      'node main.mjs ./dist/app.mjs',
    ],
  },
  Vite: {
    packages: { vite: '8.4.0' },
    files: {
      ...files,
      'index.html': '<script type="module" src="app.js"></script>',
      // Node has no document.
      'vite.config.js': 'module.exports = { build: { modulePreload: { polyfill: false } } }',
    },
    commands: ['vite build', 'mv dist/assets/index-*.js dist/app.mjs', 'node main.mjs ./dist/app.mjs'],
  },
  'webpack 5': {
    packages: { webpack: '5.113.0', 'webpack-cli': '7.3.1' },
    files: { ...files, 'webpack.config.js': webpackConfig() },
    commands: ['webpack', built],
  },
  'webpack 5 without exports': {
    packages: { webpack: '5.113.0', 'webpack-cli': '7.3.1' },
    files: { ...files, 'webpack.config.js': webpackConfig('resolve: { exportsFields: [] }') },
    commands: ['webpack', built],
  },
  'webpack 4': {
    packages: { webpack: '4.47.0', 'webpack-cli': '4.10.0' },
    files: { ...files, 'webpack.config.js': webpackConfig() },
    commands: ['NODE_OPTIONS=--openssl-legacy-provider webpack', built],
  },
  'Parcel 2': {
    packages: { parcel: '2.16.4' },
    files,
    manifest: { browserslist: 'last 2 Chrome versions' },
    commands: ['parcel build app.js --no-cache --dist-dir dist', built],
  },
  Metro: metro('unstable_enablePackageExports: true', files, built),
  'Metro without exports': metro('unstable_enablePackageExports: false', files, built),
  'Metro for React Native': metro(nativeExports, nativeApp, onNative),
  'Metro for React Native before 0.79': metro(nativeFields, nativeApp, onNative),
  Browserify: {
    packages: { browserify: '17.0.1', esmify: '2.1.1' },
    files: { 'app.js': toCommonJs(app) },
    commands: ['browserify app.js -o dist.js', 'node main.mjs ./dist.js'],
  },
  'Next, Node and edge': {
    packages: { next: '16.4.6', react: '19.2.9', 'react-dom': '19.2.9' },
    files: {
      'app/layout.js': 'export default ({ children }) => <html><body>{children}</body></html>',
      'app/page.js': 'export default () => <p />',
      'transcribe.js': transcribe,
      ...Object.fromEntries(
        ['nodejs', 'edge'].map((runtime) => [
          `app/${runtime}/route.js`,
          `import { transcribe } from '../../transcribe.js'
          export const runtime = '${runtime}'
          export const GET = async (request) => new Response(await transcribe(new URL(request.url).searchParams.get('gateway')))`,
        ]),
      ),
      'serve.mjs': `import { spawn } from 'node:child_process'
        import { createServer } from 'node:net'
        const free = createServer().listen(0)
        const { port } = free.address()
        free.close()
        const server = spawn('next', ['start', '-p', port], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
        for await (const chunk of server.stdout) if (/Ready/.test(chunk)) break
        for (const runtime of ['nodejs', 'edge'])
          console.log(await (await fetch(\`http://127.0.0.1:\${port}/\${runtime}?gateway=\${process.env.GATEWAY_URL}\`)).text())
        process.kill(-server.pid)`,
    },
    commands: ['NEXT_TELEMETRY_DISABLED=1 next build', 'node serve.mjs'],
  },
  wrangler: {
    packages: { wrangler: '4.164.0', miniflare: '4.20260730.0' },
    files: {
      'worker.js': `${transcribe}
        export default { fetch: async (request, { GATEWAY_URL }) => new Response(await transcribe(GATEWAY_URL)) }`,
      'run.mjs': `import { Miniflare } from 'miniflare'
        const { GATEWAY_URL } = process.env
        const miniflare = new Miniflare({ modules: true, scriptPath: 'dist/worker.js', compatibilityDate: '2026-07-01', bindings: { GATEWAY_URL } })
        console.log(await (await miniflare.dispatchFetch('http://worker')).text())
        await miniflare.dispose()`,
    },
    commands: [
      'wrangler deploy worker.js --dry-run --outdir dist --name app --compatibility-date 2026-07-01',
      'node run.mjs',
    ],
  },
  'Jest, CommonJS': {
    packages: { jest: '30.5.2' },
    files: { 'app.test.js': toCommonJs(jestTest) },
    commands: ['jest'],
  },
  'Jest, ES modules': {
    packages: { jest: '30.5.2' },
    files: { 'app.test.js': jestTest.replace('__filename', "'app.test.js'") },
    manifest: { type: 'module' },
    commands: ['NODE_OPTIONS=--experimental-vm-modules jest'],
  },
  'Jest, jsdom': {
    packages: { jest: '30.5.2', 'jest-environment-jsdom': '30.5.2', 'jest-fixed-jsdom': '0.0.11' },
    files: {
      'app.test.js': toCommonJs(`${transcribe}
        test('transcribes', async () => console.log(await transcribe(process.env.GATEWAY_URL)))`),
    },
    manifest: { jest: { testEnvironment: 'jest-fixed-jsdom' } },
    commands: ['jest'],
    setting: '`testEnvironment: "jest-fixed-jsdom"`, because `jest-environment-jsdom` has no `fetch`',
  },
  'Vitest, node': vitest('node'),
  'Vitest, jsdom': vitest('jsdom', { jsdom: '31.0.1' }),
  'Vitest, happy-dom': vitest('happy-dom', { 'happy-dom': '21.0.4' }),
}
