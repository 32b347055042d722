import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type BuildResult } from 'esbuild'
import { thirdParties } from '../../package/third-parties.ts'
import { SpecError } from '../../spec/spec-error.ts'
import { contentOfFiles } from './content-of-files.ts'

const folder = new URL('../../../packages/gateway/page/', import.meta.url)

const header =
  'Generated from packages/gateway/page/ by `npm run generate`. Do not edit: change page/ or tools/ instead.'

/**
 * Returns the module with the gateway's page: one HTML document with its style and script, and the
 * content security policy that allows only these two.
 * The gateway therefore needs no static files.
 *
 * @param generated - New content of files by path. They are not written yet.
 */
export async function pageFiles(generated: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const [html, script, style] = await Promise.all([
    readFile(new URL('index.html', folder), 'utf8'),
    bundled('page.ts', generated),
    bundled('page.css', generated),
  ])
  const page = html.replace('/* page.css */', () => style).replace('/* page.ts */', () => script)
  const policy = [
    "default-src 'none'",
    `script-src ${hash(contentOf(page, 'script'))}`,
    `style-src ${hash(contentOf(page, 'style'))}`,
    "connect-src 'self'",
    'media-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const source = `// ${header}\n\nexport const page: string = ${JSON.stringify(page)}\n\nexport const contentSecurityPolicy: string = ${JSON.stringify(policy)}\n`
  return new Map([
    ['README.md', `# Generated\n\n${header}\n`],
    ['page.ts', source],
  ])
}

/** Returns the notices of the third-party code in the page. */
export async function pageNotices(): Promise<string> {
  const { metafile } = await bundle('page.ts')
  return thirdParties(Object.keys(metafile!.inputs))
}

async function bundled(name: string, generated: ReadonlyMap<string, string>): Promise<string> {
  const { outputFiles } = await bundle(name, generated)
  // `</script` would end the script element.
  return outputFiles![0]!.text.trim().replaceAll('</script', '<\\/script')
}

async function bundle(name: string, generated: ReadonlyMap<string, string> = new Map()): Promise<BuildResult> {
  return build({
    plugins: [contentOfFiles(generated)],
    entryPoints: [fileURLToPath(new URL(name, folder))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['browser'],
    write: false,
    metafile: true,
    logLevel: 'silent',
    legalComments: 'none',
  }).catch((error: Error) => {
    throw new SpecError(error.message)
  })
}

function contentOf(page: string, element: string): string {
  return new RegExp(`<${element}[^>]*>(.*?)</${element}>`, 's').exec(page)![1]!
}

function hash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
}
