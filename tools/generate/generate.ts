import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { OpenAPI } from '@livepeer-ai/openapi'
import { artifacts } from './artifacts.ts'
import { clientFiles } from './client-files.ts'
import { pageFiles } from './page/page.ts'
import { updateReadme } from './readme.ts'
import { reportSchema } from './report-schema.ts'
import { runStep } from '../spec/spec-error.ts'
import { writeFolder } from './write-folder.ts'

/** Where the description is, and where what is made from it goes, unless told otherwise: the contract, what the client chooses by it, the gateway's page, the schema of the report, and the README with the table of deviations. */
export const defaults = {
  spec: fileURLToPath(new URL('../../spec/openapi.yaml', import.meta.url)),
  out: fileURLToPath(new URL('../../packages/openapi/src/generated', import.meta.url)),
  client: fileURLToPath(new URL('../../packages/client/src/generated', import.meta.url)),
  page: fileURLToPath(new URL('../../packages/gateway/src/generated', import.meta.url)),
  report: fileURLToPath(new URL('../../packages/conformance/src/generated', import.meta.url)),
  readme: fileURLToPath(new URL('../../packages/openapi/README.md', import.meta.url)),
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { spec: { type: 'string', default: defaults.spec }, out: { type: 'string', default: defaults.out } },
  })
  await runStep(async () => {
    const files = await artifacts(values.spec, ({ name, ms }) => console.log(`${name.padEnd(10)} ${ms} ms`))
    await writeFolder(resolve(values.out), files)
    if (resolve(values.out) === defaults.out) {
      await updateReadme(defaults.readme, 'deviations', files.get('deviations.md') ?? '')
      await writeFolder(defaults.client, clientFiles(JSON.parse(files.get('openapi.json') ?? '') as OpenAPI))
      await writeFolder(defaults.page, await pageFiles())
      await writeFolder(defaults.report, reportSchema())
    }
    console.log(`${files.size} files in ${values.out}`)
  }, 'Nothing was generated.')
}
