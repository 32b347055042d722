import { expect, test } from 'vitest'
import type { CheckResult, Report, ReportedExchange } from '../../report.ts'
import { sampleReport } from '../../testing/sample-report.ts'
import { groupEntries, outlineReport } from './outline-report.ts'
import { toText, type Entry, type SectionId } from './outline.ts'

const entriesOf = (id: SectionId, report = sampleReport(), folder?: string | null): Entry[] =>
  outlineReport(report, folder).sections.find((section) => section.id === id)?.entries ?? []

const [first] = sampleReport().exchanges
const [sample] = sampleReport().checks

/** Makes a report with one failed check, whose finding has this exchange. */
function reportOf(check: Partial<CheckResult>, exchange: Partial<ReportedExchange> = {}): Report {
  const findings = [{ severity: 'fail' as const, message: 'saw 200', fingerprint: 'f', exchange: 'e1' }]
  const checks = [{ ...sample!, id: 'SE-15', verdict: 'FAIL' as const, area: 'speech', findings, ...check }]
  return sampleReport({ checks, failures: ['SE-15'], exchanges: [{ ...first!, ...exchange }] })
}

test('each failure has its harm, its evidence, a command and a remedy', () => {
  expect(entriesOf('failures')[0]).toMatchObject({
    id: 'MP-06',
    label: 'FAIL',
    harm: 'Clients get an error, or a response that they cannot read.',
    findings: [
      {
        message: 'answered 400 instead of 200: <no "boundary"> & more',
        evidence: {
          request: 'POST https://quiet-hill.example/ai/audio-to-text with --b--',
          answer: 'no answer within 10 s',
          command: expect.stringContaining('--data-binary @body') as string,
        },
      },
    ],
    advice: { label: 'What to do', text: expect.stringContaining('Read the boundary') as string },
  })
})

test('every check is in one section, except that known ones are grouped by deviation', () => {
  const { sections } = outlineReport(sampleReport())
  const names = sections.flatMap(({ entries }) => entries.map(({ id }) => id))
  expect(new Set(names).size).toBe(names.length)
  const { checks } = sampleReport()
  expect(checks.map(({ id }) => id).filter((id) => !names.includes(id))).toEqual(['ME-02'])
  expect(entriesOf('known')[0]).toMatchObject({
    id: 'quiet-hill/silent-200-on-get',
    scope: '1 check, 3 exchanges',
    about: 'ME-02',
    advice: { label: 'Workaround', text: 'Send POST only.' },
  })
})

test.each<[title: string, check: Partial<CheckResult>, exchange: Partial<ReportedExchange>, harm: RegExp]>([
  [
    'a wrong transcript',
    { harm: 'wrong-data' },
    { status: 200 },
    /^Clients get the wrong words or .+ do not notice\.$/,
  ],
  ['an error in place of a transcript', { harm: 'wrong-data' }, { status: 500 }, /^Clients get an error/],
  ['a flaky check', { harm: 'wrong-data', verdict: 'FLAKY' }, { status: 200 }, /^Sometimes: Clients get the wrong/],
  ['a warning', { harm: 'security', verdict: 'WARN' }, {}, /^Clients work/],
])('states the harm of %s', (_, check, exchange, harm) => {
  expect(entriesOf('failures', reportOf(check, exchange))[0]?.harm).toMatch(harm)
})

test('says that a flaky MUST fails the run', () => {
  const [entry] = entriesOf('failures', reportOf({ verdict: 'FLAKY' }))
  expect(entry?.advice?.text).toMatch(/passed when repeated .+ fails the run; --allow-flaky turns that off\.$/)
})

test('names the earlier entry instead of showing an exchange again', () => {
  const { checks, ...report } = reportOf({})
  const twice = [...checks, ...checks.map((check) => ({ ...check, id: 'SE-16' }))]
  const [one, other] = entriesOf('failures', { ...report, checks: twice, failures: ['SE-15', 'SE-16'] })
  expect(one?.findings[0]?.evidence?.exchange).toBe('e1')
  expect(other?.findings[0]).toMatchObject({ sameAs: 'SE-15' })
  expect(other?.findings[0]).not.toHaveProperty('evidence')
})

const command = "curl -sSi http://x -F 'audio=@report.files/a-1.wav;type=audio/wav'"

test.each([
  ['.', command],
  ['out/', "curl -sSi http://x -F 'audio=@out/report.files/a-1.wav;type=audio/wav'"],
  ["my 'own'", String.raw`(cd 'my '\''own'\''' && ${command})`],
])('a command runs beside the folder %s', (folder, moved) => {
  const [entry] = entriesOf('failures', reportOf({}, { curl: command }), folder)
  expect(entry?.findings[0]?.evidence?.command).toBe(moved)
})

test('a reader without files gets no command that needs one', () => {
  const [entry] = entriesOf('failures', reportOf({}, { curl: command }), null)
  expect(entry?.findings[0]?.evidence?.command).toBeUndefined()
})

test('begins with the hint at a gateway and with the check that blocks others', () => {
  const skip = { severity: 'skip' as const, message: 'SE-15 fails, so this check would show nothing', fingerprint: '' }
  const report = reportOf({})
  const blocked = ['A', 'B'].map((id) => ({ ...sample!, id, verdict: 'BLOCKED' as const, findings: [skip] }))
  const checks = [...report.checks, ...blocked]
  expect(outlineReport({ ...report, checks }).hints.map(toText)).toEqual([
    'It looks like Quiet <Hill> (7 of 7 deviations): run again.',
    '2 checks are BLOCKED: SE-15 fails, so they would show nothing.',
    'The commands read the token from TOKEN.',
  ])
  const groups = groupEntries(entriesOf('undecided', { ...report, checks }))
  expect(groups).toEqual([{ label: 'BLOCKED', reason: skip.message, names: ['A', 'B'] }])
})

test('an inconclusive run begins with the checks without a verdict', () => {
  const report = sampleReport({ failures: [], conclusion: { exitCode: 6, text: 'inconclusive: 9 of 9 are undecided' } })
  const { sections, conclusion } = outlineReport(report)
  expect(sections[0]?.id).toBe('undecided')
  expect(conclusion.find(({ text }) => text === 'undecided')).toEqual({ text: 'undecided', to: 'undecided' })
})

test('links every failure in the conclusion', () => {
  const { conclusion } = outlineReport(sampleReport())
  expect(conclusion.flatMap(({ to }) => to ?? [])).toEqual(['MP-06', 'TR-02', 'CT-422a', 'ER-01'])
})

test('a stale waiver that fails the run is no failure of its check', () => {
  const passed = { ...sample!, id: 'HD-02', verdict: 'PASS' as const, findings: [] }
  const report = sampleReport({ checks: [passed], failures: ['waiver-HD-02'] })
  expect(entriesOf('failures', report)).toMatchObject([{ label: 'STALE', title: 'the waiver is no longer needed' }])
  expect(entriesOf('rest', report)).toMatchObject([{ id: 'HD-02', label: 'PASS' }])
})

test('evidence has no control characters for a terminal', () => {
  const escape = '\u001B[2J'
  const [entry] = entriesOf('failures', reportOf({}, { reason: escape, responseBody: escape.repeat(200) }))
  const { answer = '', body = '' } = entry?.findings[0]?.evidence ?? {}
  expect([answer, body.slice(0, 8), body.length]).toEqual(['200 \uFFFD[2J', '\uFFFD[2J\uFFFD[2J', 401])
})
