import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checks } from '@livepeer-ai/conformance'
import { description, findOperationObject, listOperations } from '@livepeer-ai/openapi'
import { gateways, listDeviations, type Deviation } from '@livepeer-ai/openapi/gateways'
import { build } from 'esbuild'
import { escape } from '../packages/conformance/src/reporters/escape.ts'
import { formatPage, formatTable } from '../packages/conformance/src/reporters/html/html-page.ts'
import { redocly } from './spec/redocly.ts'
import { runStep, SpecError } from './spec/spec-error.ts'

/**
 * `npm run docs`: writes the documentation as offline pages to `reports/docs/` or to the folder in
 * the first argument.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const out = resolve(process.argv[2] ?? join(root, 'reports/docs'))

const packages = ['client', 'openapi', 'mock', 'server', 'gateway', 'model', 'conformance']

interface Manifest {
  name: string
  description: string
  exports: Record<string, string | Record<string, string>>
}
const manifestOf = async (folder: string) =>
  JSON.parse(await readFile(join(root, 'packages', folder, 'package.json'), 'utf8')) as Manifest

/** Redocly's name in place of the logo that its script downloads. */
const logo =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%2250%22 height=%2214%22%3E%3Ctext y=%2211%22 font-size=%2212%22%3ERedocly%3C/text%3E%3C/svg%3E'

/**
 * Builds the reference of the operations with Redocly. The page has to work offline from a file
 * URL: its script is bundled, loads no logo and is not a module, because browsers load modules only
 * over HTTP.
 */
async function apiReference(): Promise<void> {
  const page = join(out, 'api.html')
  const source = join(root, 'packages/openapi/src/generated/openapi.yaml')
  const { ok, stderr } = await redocly(['build-docs', source, '--output', page])
  if (!ok) throw new SpecError(stderr)
  const local = (text: string) => text.replaceAll(/https:\/\/cdn\.redoc\.ly\/[\w/.-]+\.svg/g, logo)
  const html = local(await readFile(page, 'utf8'))
  const module = /<script type="module">(.*?)<\/script>/s
  const [, program = ''] = module.exec(html) ?? []
  const { outputFiles } = await build({
    stdin: {
      contents: program.replace(/"https:[^"]*\/(redoc\.standalone\.js)"/, `"redoc/bundles/$1"`),
      resolveDir: join(root, 'tools'),
    },
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'error',
  })
  await writeFile(join(out, 'api.js'), local(outputFiles[0]!.text))
  await writeFile(
    page,
    html
      .replace(module, '<script src="./api.js"></script>')
      .replaceAll(/<link rel="modulepreload"[^>]*>/g, '<link rel="icon" href="data:,">'),
  )
}

/** Builds the reference of the packages and the guides with TypeDoc. */
async function codeReference(): Promise<void> {
  const manifests = await Promise.all(packages.map(manifestOf))
  const modules = manifests.flatMap(({ exports }) =>
    Object.values(exports).map((target) => (typeof target === 'string' ? target : (target['node'] ?? ''))),
  )
  const options = {
    name: 'livepeer-ai',
    out: join(out, 'code'),
    readme: join(root, 'docs/README.md'),
    projectDocuments: [join(root, 'docs/!(README).md'), join(root, 'docs/decisions/*.md')],
    entryPointStrategy: 'packages',
    entryPoints: packages.map((name) => join(root, 'packages', name)),
    packageOptions: {
      entryPoints: [...new Set(modules.filter((path) => /^[^*]*\.ts$/.test(path)))],
      readme: 'none',
      skipErrorChecking: true,
      disableSources: true,
    },
    disableSources: true,
    customCss: join(out, 'typedoc.css'),
    githubPages: false,
    logLevel: 'Error',
  }
  const [file, css] = [join(out, 'typedoc.json'), join(out, 'typedoc.css')]
  await writeFile(file, JSON.stringify(options))
  await writeFile(
    css,
    '.tsd-typography table, .tsd-signature { display: block; overflow-x: auto } h1, h2, h3, a, code, .tsd-parameters { overflow-wrap: anywhere }',
  )
  const cli = join(root, 'tools/node_modules/typedoc/bin/typedoc')
  await promisify(execFile)(process.execPath, [cli, '--options', file], { cwd: join(root, 'tools') }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new SpecError(`${stdout}${stderr}`)
    },
  )
  await rm(file)
  await rm(css)
}

function linkEvidence({ url, recording = '' }: Deviation['evidence'][number], index: number): string {
  return url ? `<a href="${escape(url)}">${index + 1}</a>` : `<code>${escape(recording)}</code>`
}

/** Returns one table per gateway. */
async function deviations(): Promise<string> {
  const tables = Object.values(gateways).map(async ({ name, title }) => {
    const rows = (await listDeviations(name)).map(
      ({ id, summary, frequency, cope, basis, evidence, checks: trips }) => [
        `<code id="${id}">${id.slice(name.length + 1)}</code>${frequency === 'sometimes' ? '<br>sometimes' : ''}`,
        prose(summary),
        prose(cope),
        `${basis}: ${evidence.map(linkEvidence).join(' ')}`,
        trips.map((check) => `<a href="checks.html#${check}">${check}</a>`).join(' '),
      ],
    )
    const head = ['Deviation', 'What a caller sees', 'What to do about it', 'Known from', 'Checks']
    return `<h2 id="${name}">${escape(title)} (<code>${name}</code>)</h2>\n${formatTable(title, head, rows)}`
  })
  return (await Promise.all(tables)).join('\n')
}

function catalogue(): string {
  const rows = checks.map(({ id, title, level, critical, source, remediation }) => [
    `<a id="${id}" href="#${id}">${id}</a>`,
    prose(title),
    `${level}${critical ? ', critical' : ''}`,
    prose(source),
    prose(remediation),
  ])
  return formatTable(
    'Checks',
    ['Check', 'What a conforming gateway does', 'Level', 'Source', 'What to do about a failure'],
    rows,
  )
}

/** Returns the contents: links with a line about each page. */
async function contents(): Promise<string> {
  // Redocly builds the anchor of an operation from its tag and its operationId.
  const operations = listOperations(description).map(({ operationId, method, path }) => {
    const { tags = [], summary = '' } = findOperationObject(description, { method, path }) ?? {}
    return [`api.html#/${tags[0]}/${operationId.toLowerCase()}`, `${method} ${path}`, summary] as const
  })
  const references = packages.map(async (folder) => {
    const { name, description: what } = await manifestOf(folder)
    return [`code/modules/_livepeer-ai_${folder}.html`, name, what] as const
  })
  const sections = {
    'The contract': [['api.html', 'The description', 'servers, security, every operation'] as const, ...operations],
    'The gateways': [
      ['deviations.html', 'Deviations', 'known differences with evidence and remedy'] as const,
      ['checks.html', 'Checks', `all ${checks.length} checks of the suite with their sources`] as const,
    ],
    'The packages': await Promise.all(references),
    Guides: [
      ['code/documents/checks.html', 'Checks', 'levels, profiles and verdicts'] as const,
      ['code/documents/drift.html', 'Drift', 'differences from the contract'] as const,
      ['code/documents/ci.html', 'CI', 'the suite in a pipeline'] as const,
      ['code/documents/environments.html', 'Environments', 'the client with older tools'] as const,
      ['code/documents/troubleshooting.html', 'Troubleshooting', 'symptoms and remedies'] as const,
      ['code/documents/any-api.html', 'Any API', 'the suite with your description'] as const,
      ['code/documents/from-livepeer-ai.html', 'From @livepeer/ai', 'the other client'] as const,
      ['code/documents/from-prism.html', 'From the Prism CLI', 'the other mock server'] as const,
      ['code/documents/from-dredd.html', 'From plain Dredd', 'the other contract test'] as const,
    ],
  }
  return Object.entries(sections)
    .map(([title, links]) => {
      const items = links.map(([href, name, what]) => `<li><a href="${href}">${escape(name)}</a>: ${escape(what)}`)
      return `<h2>${title}</h2>\n<ul>\n${items.join('\n')}\n</ul>`
    })
    .join('\n')
}

const write = async (
  name: string,
  title: string,
  body: string,
  above = '<p><a href="index.html">All documentation</a></p>',
) => writeFile(join(out, name), formatPage(title, `${above}<h1>${escape(title)}</h1>\n${body}`))

/** Escapes text for HTML and marks the parts between backquotes as code. */
const prose = (text: string) => escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

await runStep(async () => {
  if (process.argv[2]?.startsWith('-'))
    throw new SpecError('Usage: npm run docs [-- FOLDER], a folder that is replaced.')
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  await Promise.all([apiReference(), codeReference()])
  await write('index.html', 'Livepeer AI audio-to-text', await contents(), '')
  await write('deviations.html', 'How gateways differ from the contract', await deviations())
  await write('checks.html', 'The checks of the conformance suite', catalogue())
  console.log(`Documentation: ${join(out, 'index.html')}`)
})
