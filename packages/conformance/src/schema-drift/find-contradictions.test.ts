import { expect, test } from 'vitest'
import { toDriftFinding, type Draft } from '../drift-finding.ts'
import type { Exchange } from '../exchange.ts'
import { answer } from '../testing/answer.ts'
import { description, operationTable } from '../testing/frozen-contract.ts'
import { compareObservations } from './answers/compare-observations.ts'
import { observeAnswers } from './answers/observe-answers.ts'
import { findContradictions } from './find-contradictions.ts'
import { findDrift } from './find-drift.ts'

const chunk = { timestamp: [0, 1.5], text: 'hi' }
const transcript = { text: 'hi', chunks: [chunk] }
const error = { detail: { msg: 'no' } }
const faithful = [
  answer(200, transcript),
  ...[400, 401, 413, 415, 500].map((status) => answer(status, error)),
  ...Array.from({ length: 5 }, () => answer(422, { detail: [{ loc: ['body', 'audio'], msg: 'm', type: 't' }] })),
]

const drifts: [string, Exchange[]][] = [
  ['null for a list', [answer(200, { ...transcript, chunks: null })]],
  ['a property that is missing', [answer(200, { text: 'a' })]],
  ['a property that is missing in a list', [answer(200, { text: 'a', chunks: [{ text: 'a' }] })]],
  ['a property that is not documented', [answer(200, { ...transcript, language: 'en' })]],
  ['another type', [answer(200, { ...transcript, text: 5 })]],
  ['a body that is cut', [answer(200, '{"text":')]],
  ['another media type', [answer(500, 'no', { type: 'text/plain' })]],
  ['two media types', [answer(200, transcript, { type: 'application/json, text/html' })]],
  ['no media type', [answer(200, '', { type: null })]],
  ['a status that is not documented', [answer(503, error)]],
  ['a 201', [answer(201, transcript)]],
  ['another envelope', [answer(401, { detail: { message: 'no' } })]],
  ['an envelope in a list', [answer(400, [error])]],
  ['no token', [answer(200, transcript, { token: false })]],
  ['optional properties that never come', Array.from({ length: 5 }, () => answer(422, {}))],
]

const now = '2026-11-22T12:00:00.000Z'
const drift = (exchanges: Exchange[]) => findDrift({ contract: description, exchanges, now }).findings

test.each(drifts)('confirms the findings about %s', (_, exchanges) => {
  const mixed = [...faithful.filter(({ response }) => response?.status !== 422), ...exchanges]
  for (const all of [exchanges, mixed]) expect(findContradictions(description, drift(all), all)).toEqual([])
})

test.each(drifts)('disproves the findings about %s where it did not happen', (_, exchanges) => {
  const findings = drift(exchanges).filter(({ class: name }) => name !== 'documented-status-never-produced')
  expect(findings).not.toEqual([])
  expect(findContradictions(description, findings, faithful)).toEqual(findings)
})

test('disproves that a status was never answered, if it was', () => {
  const findings = compareObservations(description, observeAnswers([answer(200, transcript)], operationTable))
  expect(findContradictions(description, findings, faithful)).toEqual(findings)
  expect(findContradictions(description, findings, [answer(200, transcript)])).toEqual([])
})

test('disproves that an undocumented status is one, and a type that was never seen', () => {
  const pointer = '/paths/~1audio-to-text/post/responses'
  const drafts: Draft[] = [
    { class: 'undocumented-error-status', pointer: `${pointer}/401`, status: '401', message: '401 is not documented' },
    {
      class: 'response-required-property-missing',
      pointer: `${pointer}/200/content/application~1json/schema/properties/text`,
      status: '200',
      message: 'text is not always present',
    },
    {
      class: 'response-type-changed',
      pointer: `${pointer}/200/content/application~1json/schema/properties/text`,
      status: '200',
      message: 'integer or null instead of string',
    },
  ]
  const findings = drafts.map((draft) => toDriftFinding(draft, 'answers'))
  const exchanges = [...faithful, answer(200, { ...transcript, text: 5 })]
  expect(findContradictions(description, findings, exchanges)).toEqual(findings)
})
