import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checks } from '@livepeer-ai/conformance'
import { gateways, listDeviations } from '@livepeer-ai/openapi/gateways'
import { escape } from '../packages/conformance/src/reporters/escape.ts'
import { htmlPage, htmlTable } from '../packages/conformance/src/reporters/html-page.ts'
import { redocly } from './redocly.ts'
import { runStep, SpecError } from './spec-error.ts'

/** `npm run docs`: the documentation as pages that need no network, in `reports/docs/`, or where the first argument says. */
const root = fileURLToPath(new URL('..', import.meta.url))
const out = process.argv[2] ?? join(root, 'reports/docs')
const require = createRequire(import.meta.url)

/** The maker's name, where its script would show a picture. */
const logo =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%2250%22 height=%2214%22%3E%3Ctext y=%2211%22 font-size=%2212%22%3ERedocly%3C/text%3E%3C/svg%3E'

/** The operation, by Redocly. Its script comes from here instead of from elsewhere, and asks nobody for a logo. */
async function apiReference(): Promise<void> {
  const page = join(out, 'api.html')
  const source = join(root, 'packages/openapi/src/generated/openapi.yaml')
  const { ok, stderr } = await redocly('build-docs', source, '--output', page)
  if (!ok) throw new SpecError(stderr)
  const name = 'redoc.standalone.js'
  const script = await readFile(require.resolve(`redoc/bundles/${name}`), 'utf8')
  const html = await readFile(page, 'utf8')
  const local = (text: string) => text.replaceAll(/https:\/\/cdn\.redoc\.ly\/[\w/.-]+\.svg/g, logo)
  await writeFile(join(out, name), local(script))
  await writeFile(
    page,
    local(html)
      .replaceAll(/https:\/\/cdn\.redocly\.com\/[\w/.-]+\/redoc\.standalone\.js/g, `./${name}`)
      .replaceAll(/<link rel="modulepreload"[^>]*>/g, '<link rel="icon" href="data:,">')
      .replaceAll(/ integrity="[^"]*"/g, ''),
  )
}

/** The packages and the guides, by TypeDoc. */
async function codeReference(): Promise<void> {
  const names = ['client', 'openapi', 'mock', 'server', 'gateway', 'model', 'conformance']
  const options = {
    name: 'livepeer-ai',
    out: join(out, 'code'),
    readme: join(root, 'docs/README.md'),
    projectDocuments: [join(root, 'docs/from-*.md')],
    entryPointStrategy: 'packages',
    entryPoints: names.map((name) => join(root, 'packages', name)),
    packageOptions: { entryPoints: ['src/index.ts'], readme: 'none', skipErrorChecking: true, disableSources: true },
    disableSources: true,
    githubPages: false,
    logLevel: 'Error',
  }
  const file = join(out, 'typedoc.json')
  await writeFile(file, JSON.stringify(options))
  const cli = join(root, 'tools/node_modules/typedoc/bin/typedoc')
  await promisify(execFile)(process.execPath, [cli, '--options', file], { cwd: join(root, 'tools') }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new SpecError(`${stdout}${stderr}`)
    },
  )
  await rm(file)
}

async function deviations(): Promise<string> {
  const all = (await Promise.all(Object.keys(gateways).map((name) => listDeviations(name)))).flat()
  const rows = all.map(({ id, summary, frequency, cope, basis, evidence, checks: trips }) => [
    `<code id="${id}">${id}</code>${frequency === 'sometimes' ? '<br>sometimes' : ''}`,
    prose(summary),
    prose(cope),
    `${basis}: ${evidence.map(({ url }, index) => `<a href="${escape(url)}">${index + 1}</a>`).join(' ')}`,
    trips.map((check) => `<a href="checks.html#${check}">${check}</a>`).join(' '),
  ])
  return htmlTable(
    'Deviations',
    ['Deviation', 'What a caller sees', 'What to do about it', 'Known from', 'Checks'],
    rows,
  )
}

function catalogue(): string {
  const rows = checks.map(({ id, title, level, critical, source, remediation }) => [
    `<a id="${id}" href="#${id}">${id}</a>`,
    prose(title),
    `${level}${critical ? ', critical' : ''}`,
    prose(source),
    prose(remediation),
  ])
  return htmlTable(
    'Checks',
    ['Check', 'What a conforming gateway does', 'Level', 'Source', 'What to do about a failure'],
    rows,
  )
}

const docsPage = (title: string, body: string) => htmlPage(title, `<h1>${escape(title)}</h1>\n${body}`)

/** Text as HTML, with what is between backquotes as code. */
const prose = (text: string) => escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

const index = [
  ['api.html', 'The operation', 'what to send and what comes back'],
  ['code/index.html', 'The packages', 'every exported name, and the guides for those who come from elsewhere'],
  ['deviations.html', 'The gateways', 'how each differs from the contract, how that is known, and what to do about it'],
  ['checks.html', 'The checks', `all ${checks.length} of the conformance suite, with their sources`],
]

await runStep(async () => {
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  await Promise.all([apiReference(), codeReference()])
  const links = index.map(([href, name, what]) => `<li><a href="${href}">${name}</a>: ${what}`)
  await writeFile(join(out, 'index.html'), docsPage('Livepeer AI audio-to-text', `<ul>\n${links.join('\n')}\n</ul>`))
  await writeFile(join(out, 'deviations.html'), docsPage('How gateways differ from the contract', await deviations()))
  await writeFile(join(out, 'checks.html'), docsPage('The checks of the conformance suite', catalogue()))
  console.log(`Documentation: ${join(out, 'index.html')}`)
})
