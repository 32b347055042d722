import { Ajv2020 } from 'ajv/dist/2020.js'
import { array, assert, json, jsonValue, oneof, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { mergeSummaries, mostValues, emptySummary, summarizeValue, inferSchema } from './infer-schema.ts'

const values = oneof(jsonValue(), record({ text: jsonValue(), chunks: array(jsonValue()) }, { requiredKeys: [] }))
const observed = array(values, { maxLength: 8 }).map((list) =>
  list.map((value) => summarizeValue(value)).reduce(mergeSummaries, emptySummary),
)
const key = (value: unknown) => JSON.stringify(value)

test('summaries merge in any order', () => {
  assert(
    property(observed, observed, (one, other) => key(mergeSummaries(one, other)) === key(mergeSummaries(other, one))),
  )
})

test('summaries merge in any grouping', () => {
  assert(
    property(
      observed,
      observed,
      observed,
      (one, two, three) =>
        key(mergeSummaries(mergeSummaries(one, two), three)) === key(mergeSummaries(one, mergeSummaries(two, three))),
    ),
  )
})

test('the empty summary changes nothing, and summaries are plain JSON', () => {
  assert(
    property(observed, (one) => {
      expect(mergeSummaries(one, emptySummary)).toEqual(mergeSummaries(emptySummary, one))
      expect(JSON.parse(key(one))).toEqual(one)
    }),
  )
})

test('every value is valid by the schema inferred from it', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, addUsedSchema: false })
  assert(
    property(array(values, { minLength: 1, maxLength: 8 }), (list) => {
      const schema = inferSchema(list.map((value) => summarizeValue(value)).reduce(mergeSummaries, emptySummary))
      for (const value of list.filter((one) => key(one).length < 60)) expect(ajv.validate(schema, value)).toBe(true)
    }),
    { numRuns: 25 },
  )
})

test('a property that was always present is required', () => {
  const two = mergeSummaries(summarizeValue({ text: 'a', chunks: [] }), summarizeValue({ text: 'b' }))
  expect(inferSchema(two)).toMatchObject({
    type: 'object',
    required: ['text'],
    properties: { text: { enum: ['a', 'b'] } },
  })
})

test('many distinct values are no enumeration, and kept values are short and redacted', () => {
  const many = Array.from({ length: mostValues + 1 }, (_, index) => summarizeValue(index)).reduce(mergeSummaries)
  expect(inferSchema(many)).toEqual({
    type: 'integer',
    minimum: 0,
    maximum: mostValues,
    'x-samples': 13,
    'x-examples': [],
  })
  const long = summarizeValue(`my-token ${'x'.repeat(1000)}`, (text) => text.replaceAll('my-token', '[token]'))
  expect(key(long).length).toBeLessThan(200)
  expect(key(long)).not.toContain('my-token')
})

test('a body that is nested deeper than the stack is no problem', () => {
  const deep = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown
  expect(key(summarizeValue(deep)).length).toBeLessThan(5_000)
})

test('accepts property names of Object.prototype', () => {
  assert(
    property(json(), (text) => {
      summarizeValue(JSON.parse(text))
    }),
  )
  const odd = mergeSummaries(summarizeValue(JSON.parse('{"__proto__":1,"toString":2}')), summarizeValue({}))
  expect(odd.properties!['toString']!.samples).toBe(1)
  expect(Object.keys(odd.properties!)).toEqual(['__proto__', 'toString'])
})
