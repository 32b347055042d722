import { expect, test, vi } from 'vitest'
import { parseDocument } from './parse-document.ts'

test('reads YAML with many aliases, merge keys and dates', () => {
  const aliases = Array.from({ length: 300 }, (_, index) => `  /p${index}: *item`)
  const text = `x-item: &item { get: { responses: {} } }
info: { version: 2026-01-01 }
paths:
  /merged: { <<: *item, summary: m }
${aliases.join('\n')}`
  const { info, paths } = parseDocument(text, 'f') as Record<string, Record<string, unknown>>
  expect(info).toEqual({ version: '2026-01-01' })
  expect(Object.keys(paths ?? {})).toHaveLength(301)
  expect(paths?.['/merged']).toEqual({ get: { responses: {} }, summary: 'm' })
})

test('reads the last of two equal keys, and names its place; reads tags of the author', () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {})
  const text = 'info: !own { title: a }\ninfo: { title: b }\nlist: !own [1]\n'
  expect(parseDocument(text, 'f.yaml')).toEqual({ info: { title: 'b' }, list: [1] })
  expect(print.mock.calls).toEqual([['f.yaml:2:1: duplicated mapping key; the last one is served']])
  print.mockRestore()
})
