import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { description as contract, isObject } from '@livepeer-ai/openapi'
import { describeGateway as effective, gateways } from '@livepeer-ai/openapi/gateways'
import { strictDescription } from '@livepeer-ai/openapi/strict'
import { query, type JSONValue } from 'json-p3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { specFile } from '../generate/outputs.ts'
import { lint } from '../spec/lint.ts'
import { SpecError } from '../spec/spec-error.ts'
import { applyOverlay, pointerTo } from './apply-overlay.ts'
import { describeGateways } from './gateways.ts'
import { keepUsed } from './keep-used.ts'
import { findOverlays, readOverlay, type Overlay } from './overlay.ts'

const files = await findOverlays(specFile)
const overlays = await Promise.all([...files.gateways, ...files.strict].map(readOverlay))

const results: Record<string, unknown> = { strict: strictDescription }
for (const name of Object.keys(gateways)) results[name] = await effective(name)

test.each(overlays)(
  'the effective description of $name differs from the contract exactly where its actions say',
  (overlay) => {
    expect(discrepancies(overlay, results[overlay.name])).toEqual([])
  },
)

const goLivepeer = overlays.find(({ name }) => name === 'go-livepeer')!

test.each<[string, (result: Record<string, unknown>) => void, string]>([
  [
    'a change that no action makes',
    (result) => Object.assign(result['info'] as object, { title: 'x' }),
    'not by an action: /info/title',
  ],
  [
    'an addition that no action makes',
    (result) => Object.assign(result['paths'] as object, { '/new': {} }),
    'not by an action: /paths/~1new',
  ],
  [
    'an action that was not carried out',
    (result) => Object.assign(result, { servers: contract.servers }),
    'without effect: /servers',
  ],
])('the comparison detects %s', (_, tamper, discrepancy) => {
  const result = structuredClone(results['go-livepeer']) as Record<string, unknown>
  tamper(result)
  expect(discrepancies(goLivepeer, result)).toEqual([discrepancy])
})

test('the comparison detects an action without effect', () => {
  const idle = { ...goLivepeer, actions: [{ target: '$.info', update: { title: contract.info.title } }] }
  expect(discrepancies(idle, applyOverlay(idle, contract).result)).toEqual(['without effect: /info/title'])
})

/** Returns undeclared differences, and declared changes that make no difference. */
function discrepancies(overlay: Overlay, result: unknown): string[] {
  const changed = differences(contract, result)
  const said = overlay.actions.flatMap((action, index) => {
    const before = applyOverlay({ ...overlay, actions: overlay.actions.slice(0, index) }, contract).result
    return query(action.target, before as unknown as JSONValue).nodes.flatMap(({ value, location }) => {
      const at = pointerTo(location)
      if (action.remove) return typeof location.at(-1) === 'number' ? [pointerTo(location.slice(0, -1))] : [at]
      return Array.isArray(value) ? [at] : leaves(value, action.update, at)
    })
  })
  const { result: whole } = applyOverlay(overlay, contract)
  const unused = differences(whole, keepUsed(whole, overlay.gateway?.operations))
  return [
    ...changed
      .filter((at) => !said.concat(unused).some((place) => covers(place, at)))
      .map((at) => `not by an action: ${at}`),
    ...[...new Set(said)]
      .filter((place) => !changed.some((at) => covers(place, at)))
      .map((at) => `without effect: ${at}`),
  ]
}

const covers = (outer: string, inner: string) => `${inner}/`.startsWith(`${outer}/`)

/**
 * Returns the pointers at which two documents differ. Arrays of different length count as one
 * difference.
 */
function differences(before: unknown, after: unknown, at = ''): string[] {
  const isComparable =
    (isObject(before) && isObject(after)) ||
    (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
  if (!isComparable) return JSON.stringify(before) === JSON.stringify(after) ? [] : [at]
  return [...new Set([...Object.keys(before as object), ...Object.keys(after as object)])].flatMap((key) =>
    differences(Reflect.get(before as object, key), Reflect.get(after as object, key), at + pointerTo([key])),
  )
}

/** Returns the pointers that an update sets, as deep as both sides are objects. */
function leaves(value: unknown, update: unknown, at: string): string[] {
  if (!isObject(value) || !isObject(update)) return [at]
  return Object.entries(update).flatMap(([key, inner]) => leaves(value[key], inner, at + pointerTo([key])))
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateways-'))
})
afterAll(() => rm(folder, { recursive: true }))

const target = "$.paths['/audio-to-text'].post.responses[?@['$ref'] != '#/components/responses/Transcript']"

type Rejection = [problem: string, [from: string, to: string], message: RegExp]

test.each<Rejection>([
  ['YAML that does not parse', ['info:\n', 'info: [\n'], /^go-livepeer\.overlay\.yaml:\d+:\d+ {2}.+$/],
  [
    'a document that is no overlay',
    ['  title: go-livepeer\n', '  titel: go-livepeer\n'],
    /^go-livepeer\.overlay\.yaml:3:3 {2}Property `titel` is not expected here\. {2}\(struct\)$/m,
  ],
  [
    'an action without a target',
    [`  - target: ${target}\n    remove`, '  - remove'],
    /^go-livepeer\.overlay\.yaml:\d+:\d+ {2}The field `target` must be present on this level\. {2}\(struct\)$/,
  ],
])('rejects an overlay with %s, and names file, position and reason', async (_, change, message) => {
  expect(await rejection(lint(await changedOverlay(change)))).toMatch(message)
})

test.each<Rejection>([
  [
    'an action that matches nothing',
    [target, "$.paths['/speech'].post.responses"],
    /^go-livepeer\.overlay\.yaml:\d+:13 {2}actions\[\d+\] \$\.paths\['\/speech'\]\.post\.responses: matches nothing in the description$/,
  ],
  [
    'a target that is no JSONPath',
    [target, "$.paths['/audio-to-text'"],
    /^go-livepeer\.overlay\.yaml:\d+:13 {2}actions\[\d+\] \$\.paths\['\/audio-to-text': is not JSONPath \(RFC 9535\): .+$/,
  ],
  [
    'a check that does not exist',
    ['      - FV-12\n', '      - FV-99\n'],
    /^go-livepeer\.overlay\.yaml:\d+:9 {2}x-deviations\[\d+\]\.checks\[0\]: there is no check 'FV-99'$/,
  ],
  [
    'an operation that does not exist',
    ['    - genAudioToText\n', '    - genSpeech\n'],
    /^go-livepeer\.overlay\.yaml:\d+:7 {2}x-gateway\.operations\[0\]: there is no operation 'genSpeech'$/,
  ],
  [
    'a deviation twice',
    ['id: go-livepeer/ogg-refused', 'id: go-livepeer/wav-refused'],
    /^go-livepeer\.overlay\.yaml:\d+:9 {2}x-deviations\[\d+\]\.id: 'go-livepeer\/wav-refused' is taken: go-livepeer\.overlay\.yaml:\d+:9$/,
  ],
  [
    'a deviation of another gateway',
    ['id: go-livepeer/ogg-refused', 'id: ai-runner/ogg-refused'],
    /^go-livepeer\.overlay\.yaml:\d+:9 {2}x-deviations\[\d+\]\.id: 'ai-runner\/ogg-refused' does not begin with 'go-livepeer\/'$/,
  ],
  [
    'a name that is not the name of the file',
    ['  name: go-livepeer\n', '  name: golivepeer\n'],
    /^go-livepeer\.overlay\.yaml:6:9 {2}x-gateway\.name: the file is called 'go-livepeer', not 'golivepeer'$/,
  ],
  [
    'an alias that is the name of another gateway',
    ['    - livepeer-cloud\n', '    - ai-runner\n'],
    /^go-livepeer\.overlay\.yaml:9:7 {2}x-gateway\.aliases\[0\]: 'ai-runner' is taken: ai-runner\.overlay\.yaml:6:9$/,
  ],
  [
    'no x-gateway',
    ['x-gateway:', 'x-gateways:'],
    /^go-livepeer\.overlay\.yaml:1:1 {2}: must have required property 'x-gateway'$/,
  ],
  [
    'a deviation without a remedy',
    ['    cope: Send no token; a public gateway would only learn a secret.\n', ''],
    /^go-livepeer\.overlay\.yaml:\d+:5 {2}x-deviations\[1\]: must have required property 'cope'$/,
  ],
  [
    'a frequency that there is not',
    ['    frequency: sometimes\n', '    frequency: often\n'],
    /^go-livepeer\.overlay\.yaml:\d+:16 {2}x-deviations\[\d+\]\.frequency: must be equal to one of the allowed values \(always, sometimes\), not "often"$/,
  ],
  [
    'a fact that there is not',
    ['      - fields.metadata:\n', '      - metadata:\n'],
    /^go-livepeer\.overlay\.yaml:\d+:\d+ {2}x-deviations\[\d+\]\.when\[0\]: property name must be valid \(metadata\)$/m,
  ],
  [
    'evidence of neither an issue nor a file',
    ['      - repository: livepeer/lpms\n        issue: 414\n', '      - repository: livepeer/lpms\n'],
    /^go-livepeer\.overlay\.yaml:\d+:9 {2}x-deviations\[\d+\]\.evidence\[1\]: must have required property 'issue'$/m,
  ],
  [
    'an answer that names no status',
    [
      '      - status: 400\n        mediaType: application/json\n        body: "{\\"error',
      '      - mediaType: application/json\n        body: "{\\"error',
    ],
    /^go-livepeer\.overlay\.yaml:\d+:9 {2}x-deviations\[\d+\]\.answers\[\d\]: names no status, so any error with this body matches: name one answer per status$/,
  ],
  [
    'an answer without words of its own',
    ['\\"message\\":\\"unexpected EOF\\"', '\\"message\\":\\"{message}\\"'],
    /^go-livepeer\.overlay\.yaml:\d+:9 {2}x-deviations\[\d+\]\.answers\[1\]: every 400 matches, because the body has no words of its own$/,
  ],
  [
    'a server error without a body',
    [
      '      - status: 503\n        mediaType: application/json\n        body: "{\\"error\\":{\\"message\\":\\"Service Unavailable Error\\"}}\\n"\n',
      '      - status: 503\n',
    ],
    /^go-livepeer\.overlay\.yaml:\d+:9 {2}x-deviations\[\d+\]\.answers\[0\]: every 503 matches, because the body has no words of its own$/,
  ],
  [
    'an error whatever the request',
    ['      - files.audio.bytes:\n          over: 52428800\n', '      - status:\n          over: 499\n'],
    /^go-livepeer\.overlay\.yaml:\d+:9 {2}x-deviations\[\d+\]\.answers\[0\]: every 503 matches, because no condition tests the request or a state$/,
  ],
  [
    'a result that is no OpenAPI',
    [
      "              $ref: '#/components/schemas/GatewayError'\n            examples:\n              withheld:\n                summary: Any failure.\n                value:\n                  error:\n                    message: Internal",
      "              $ref: '#/components/schemas/GatewayErrors'\n            examples:\n              withheld:\n                summary: Any failure.\n                value:\n                  error:\n                    message: Internal",
    ],
    /^go-livepeer\.overlay\.yaml:\d+:13 {2}actions\[\d+\] \$\.paths\['\/audio-to-text'\]\.post\.responses: its result breaks a rule at \/paths\/~1audio-to-text\/post\/responses\/500\/content\/application~1json\/schema: Can't resolve \$ref {2}\(no-unresolved-refs\)$/m,
  ],
  [
    'a result with an example that is not as its schema says',
    ['                    message: Internal Server Error\n', '                    message: 500\n'],
    /^go-livepeer\.overlay\.yaml:\d+:13 {2}actions\[\d+\] \S+: its result breaks a rule at \/paths\/\S+\/500\/\S+: .+ {2}\(no-invalid-media-type-examples\)$/m,
  ],
])('rejects a valid overlay with %s, and names file, position and reason', async (_, change, message) => {
  await changedOverlay(change)
  expect(await rejection(describeGateways(contract, await findOverlays(join(folder, 'openapi.yaml'))))).toMatch(message)
})

/** Writes all overlays with a change to one of them, whose path it returns. */
async function changedOverlay([from, to]: [from: string, to: string]): Promise<string> {
  await cp(join(specFile, '../gateways'), join(folder, 'gateways'), { recursive: true })
  const file = join(folder, 'gateways/go-livepeer.overlay.yaml')
  const text = await readFile(file, 'utf8')
  expect(text).toContain(from)
  await writeFile(file, text.replace(from, to))
  return file
}

/** Returns the message of the error, with the names of files instead of their paths. */
async function rejection(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SpecError)
  return (error as Error).message.replaceAll(`${relative('.', join(folder, 'gateways'))}/`, '')
}
