import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { description } from '../generated/description.ts'
import { envelopes, normalizeError } from '../normalize-error.ts'
import {
  describeGateway,
  findGateway,
  gateways,
  meetsCondition,
  listDeviations,
  type Deviation,
  type GatewayProfile,
  type RequestFacts,
} from './index.ts'

const all = Object.values(gateways)
const deviations = (
  await Promise.all(
    all.map(async (gateway) => (await listDeviations(gateway)).map((deviation) => ({ gateway, deviation }))),
  )
).flat()
const rows = deviations.map(({ gateway, deviation }) => [deviation.id, gateway, deviation] as const)

/** A request that most gateways accept. */
const ordinary: RequestFacts = {
  method: 'POST',
  path: '/audio-to-text',
  mediaType: 'multipart/form-data',
  contentType: 'multipart/form-data; boundary=b',
  form: 'complete',
  authorization: 'Bearer *',
  token: 'right',
  scheme: 'bearer',
  fields: { model_id: 'openai/whisper-large-v3', return_timestamps: 'sentence' },
  files: { audio: { bytes: 80_000, seconds: 5, container: 'mp3', decodable: true } },
  status: 200,
}

/** Returns a request that a gateway accepts, by its own fields and containers. */
function ordinaryFor({ fields, containers }: GatewayProfile): RequestFacts {
  const timestamps = fields['genAudioToText']?.['return_timestamps']?.enum?.[0]
  const container = containers.accepted[0]
  return {
    ...ordinary,
    fields: { ...ordinary.fields, return_timestamps: timestamps ?? 'sentence' },
    files: { audio: { ...ordinary.files?.['audio'], container: container ?? 'mp3' } },
  }
}

test('each overlay of a gateway is a gateway', async () => {
  const files = await readdir(new URL('../../../../spec/gateways/', import.meta.url))
  const overlays = files.filter((name) => name.endsWith('.overlay.yaml'))
  expect(Object.keys(gateways)).toEqual(overlays.map((name) => name.replace('.overlay.yaml', '')).toSorted())
})

test('deviation ids are unique across all gateways', () => {
  const ids = deviations.map(({ deviation }) => deviation.id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test.each(rows)('%s has gateway, condition, response, evidence and remedy', (id, gateway, deviation) => {
  expect(id.split('/')[0]).toBe(gateway.name)
  expect(deviation.when.length).toBeGreaterThan(0)
  expect(deviation.answers.length).toBeGreaterThan(0)
  for (const text of [deviation.summary, deviation.cope]) expect(text).toMatch(/^\S.*\.$/s)
  for (const { recording, url } of deviation.evidence)
    expect(recording ?? url).toMatch(
      /^[\w.-]+\.jsonl#.+$|^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(issues\/\d+|blob\/([0-9a-f]{7}|HEAD)\/\S+)$/,
    )
})

test.each(rows)('%s requires a state of the gateway exactly if it happens sometimes', (_, __, { when, frequency }) => {
  expect(when.every((condition) => 'state' in condition)).toBe(frequency === 'sometimes')
})

test.each(rows)('%s holds for an ordinary request only if it holds for each', (_, gateway, { when }) => {
  const conditions = when.filter((condition) => meetsCondition(condition, ordinaryFor(gateway)))
  for (const condition of conditions) expect(['method', 'path']).toEqual(expect.arrayContaining(Object.keys(condition)))
})

test.each(rows)('%s matches a request that meets its condition', (_, __, { when }) => {
  for (const condition of when) expect(meetsCondition(condition, meeting(condition))).toBe(true)
})

const answers = rows.flatMap(([id, gateway, { answers: given }]) =>
  given.flatMap((answer, index) =>
    answer.body && !answer.body.includes('{message}') ? [[`${id} [${index}]`, gateway, answer] as const] : [],
  ),
)

test.each(answers.filter(([, , { status }]) => status !== 200))(
  'the answer of %s comes in an envelope of its gateway, with a message',
  (_, gateway, answer) => {
    const { status, message, issues } = normalizeError(answer.status ?? 400, answer.mediaType, answer.body)
    expect(message).not.toBe(`HTTP ${status}`)
    for (const issue of issues ?? [])
      expect(issue).toEqual({
        loc: expect.any(Array),
        msg: expect.stringMatching(/./),
        type: expect.stringMatching(/./),
      })
    if (answer.mediaType !== 'application/json') return
    const body: unknown = JSON.parse(answer.body ?? '')
    const used = envelopes.filter(
      (envelope) => envelope.split('.').reduce<unknown>((node, key) => Object(node)[key], body) !== undefined,
    )
    expect(gateway.envelopes).toEqual(expect.arrayContaining(used.slice(0, 1)))
  },
)

test.each(answers.filter(([, , { status, mediaType }]) => status !== 200 && mediaType === 'application/json'))(
  'the status of %s is one that the effective description declares',
  async (_, gateway, { status }) => {
    const { paths } = await describeGateway(gateway)
    expect(Object.keys(Object(paths?.['/audio-to-text']).post.responses)).toContain(String(status))
  },
)

test.each(all)('describeGateway($name) returns a description other than the contract', async (gateway) => {
  const effective = await describeGateway(gateway)
  expect(effective.openapi).toBe('3.1.0')
  expect(effective).not.toEqual(description)
  expect(effective.servers?.map(({ url }) => url)).toEqual(gateway.servers)
})

test('describeGateway() accepts a name, an alias or a profile', async () => {
  const effective = await describeGateway('go-livepeer')
  expect(await describeGateway('livepeer-cloud')).toBe(effective)
  expect(await describeGateway(gateways['go-livepeer'])).toBe(effective)
})

test.each([
  [
    'ai-runner',
    {
      model_id: { required: false, default: '' },
      return_timestamps: { required: false, default: 'true' },
      metadata: { required: false, default: '{}' },
    },
  ],
  [
    'go-livepeer',
    {
      model_id: { required: true, minLength: 1, example: 'openai/whisper-large-v3' },
      return_timestamps: { required: false, default: 'true' },
    },
  ],
  [
    'livepeer-studio',
    {
      model_id: { required: false, default: 'openai/whisper-large-v3', pattern: String.raw`^\D` },
      return_timestamps: { required: false, enum: ['sentence', 'word'] },
    },
  ],
] as const)('the fields of %s follow from its effective description', (name, fields) => {
  expect(gateways[name].fields['genAudioToText']).toMatchObject(fields)
})

test.each(['go-livepeer', 'livepeer-studio'] as const)('%s has no field that its description lacks', (name) => {
  expect(gateways[name].fields['genAudioToText']).not.toHaveProperty('metadata')
})

const known = all
  .flatMap(({ name, aliases }) => [name, ...aliases])
  .toSorted()
  .join(', ')

test.each([
  ['livepeer-studo', `Unknown gateway 'livepeer-studo'. Did you mean 'livepeer-studio'? Known: ${known}`],
  ['Livepeer-Cloud', `Unknown gateway 'Livepeer-Cloud'. Did you mean 'livepeer-cloud'? Known: ${known}`],
  ['golivepeer', `Unknown gateway 'golivepeer'. Did you mean 'go-livepeer'? Known: ${known}`],
  ['whisper', `Unknown gateway 'whisper'. Known: ${known}`],
  ['', `Unknown gateway ''. Known: ${known}`],
  ['toString', `Unknown gateway 'toString'. Known: ${known}`],
])('findGateway(%j) lists the known names and the nearest', async (name, message) => {
  expect(() => findGateway(name)).toThrow(expect.objectContaining({ name: 'UnknownGatewayError', message }))
  await expect(describeGateway(name)).rejects.toThrow(message)
})

const profiles = [
  'gateways/profiles.ts',
  'generated/gateways.ts',
  ...all.map(({ name }) => `generated/gateways/${name}.ts`),
]

test.each([
  ['gateways/livepeer-studio', ['generated/gateways/livepeer-studio.ts']],
  ['gateway-profiles', profiles],
  [
    'gateways',
    [
      'container-of.ts',
      'gateways/condition.ts',
      'gateways/file-facts.ts',
      'gateways/read-form.ts',
      'gateways/request-facts.ts',
      'gateways/index.ts',
      'generated/details.ts',
      ...profiles,
    ],
  ],
])('a program that imports %s loads no description', async (path, expected) => {
  const script = `
    import { registerHooks } from 'node:module'
    registerHooks({ load(url, context, next) { console.log(url); return next(url, context) } })
    await import('@livepeer-ai/openapi/${path}')`
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd })
  const loaded = stdout.split('\n').filter((url) => url.includes('/src/'))
  expect(loaded.map((url) => url.slice(url.indexOf('/src/') + 5)).toSorted()).toEqual(expected.toSorted())
})

test.each([
  ['one gateway', `export { livepeerStudio } from '${file('generated/gateways/livepeer-studio.ts')}'`, 1024, 1],
  ['the gateways by name', `export { findGateway } from '${file('gateways/index.ts')}'`, 768 * all.length, all.length],
])('a bundle with %s carries no description', async (_, source, bytes, count) => {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry' ? id : null),
    load: (id: string) => (id === 'entry' ? source : null),
  }
  const bundle = await rolldown({ input: 'entry', plugins: [entry] })
  const { output } = await bundle.generate({ minify: true })
  expect(output).toHaveLength(1)
  expect(output[0].code.length).toBeLessThanOrEqual(bytes)
  expect(all.filter(({ title }) => output[0].code.includes(title))).toHaveLength(count)
})

function file(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url))
}

/** Returns facts that pass every test of a condition. */
function meeting(condition: Deviation['when'][number]): RequestFacts {
  const exchange = structuredClone({ ...ordinary, fields: { ...ordinary.fields, metadata: 'x' } }) as Record<
    string,
    unknown
  >
  for (const [name, demand] of Object.entries(condition)) {
    const keys = name.split('.')
    const last = keys.pop() ?? ''
    const parent = keys.reduce<Record<string, unknown>>(
      (node, key) => (node[key] ??= {}) as Record<string, unknown>,
      exchange,
    )
    if (demand.absent) delete parent[last]
    else parent[last] = candidates(demand).find((value) => meetsCondition({ [name]: demand }, nested(name, value)))
  }
  return exchange
}

const candidates = ({ enum: values = [], over = 0, under = 0 }: Deviation['when'][number][string]) => [
  ...values,
  over + 1,
  under / 2,
  'GET',
  '1abc',
  'not json',
  '{"duration":2}',
  '{"duration":4000}',
  '{"duration":"abc"}',
  'https://page.example',
  'Multipart/Form-Data; boundary=b',
  'multipart/form-data',
  'multipart/mixed',
  'text/plain',
  'multipart/form-data; boundary',
  'Bearer *, Bearer *',
  'Bearer  *',
  '/AUDIO-TO-TEXT',
  'a\u0000.wav',
  '{x',
  'true',
]

function nested(name: string, value: unknown): RequestFacts {
  return name.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as RequestFacts
}
