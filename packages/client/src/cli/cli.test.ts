import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gateways } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import { answer, formOf, testGateway, transcript, type Behaviour } from '../testing/test-gateway.ts'
import { progressOf } from './progress.ts'
import { toVisible } from './to-visible.ts'

const folder = await mkdtemp(join(tmpdir(), 'client-cli-'))
const [wav = '', mp3 = ''] = ['talk.wav', 'song.mp3'].map((name) => join(folder, name))
await Promise.all([writeFile(wav, 'RIFF----WAVE'), writeFile(mp3, 'ID3')])

/** Runs the command like a user, with its output in pipes. */
async function run(args: string[], env: Record<string, string> = {}) {
  const running = promisify(execFile)(process.execPath, [cli, ...args], { cwd: folder, env: { PATH: '', ...env } })
  const {
    code = 0,
    stdout,
    stderr,
  } = (await running.catch((error: unknown) => error as Awaited<typeof running> & { code: number })) as {
    code?: number
    stdout: string
    stderr: string
  }
  return { code, stdout, stderr }
}

const cli = join(import.meta.dirname, '../cli.ts')
const gatewayError = { detail: { msg: 'no such model' } }

test('prints the text of a recording, and nothing else into a pipe', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  expect(await run([wav, '--url', baseUrl, '--model', 'tiny'], { LIVEPEER_AI_TOKEN: 'secret' })).toEqual({
    code: 0,
    stdout: 'Hello.\n',
    stderr: '',
  })
  expect(requests[0]?.headers.authorization).toBe('Bearer secret')
  const { audio, ...fields } = Object.fromEntries(await formOf(requests[0]))
  expect(audio).toMatchObject({ name: 'talk.wav', type: 'audio/wav' })
  expect(fields).toEqual({ model_id: 'tiny' })
})

test.each([
  [['--format', 'srt'], '1\n00:00:00,000 --> 00:00:01,500\nHello.\n', 'sentence'],
  [['--format', 'vtt', '--words'], 'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello.\n', 'word'],
  [['--format', 'json'], `${JSON.stringify(transcript)}\n`, null],
])('%j prints captions or JSON', async (args, stdout, timestamps) => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  expect(await run([wav, ...args], { LIVEPEER_AI_URL: baseUrl })).toEqual({ code: 0, stdout, stderr: '' })
  expect((await formOf(requests[0])).get('return_timestamps')).toBe(timestamps)
})

test('--gateway sends what the gateway accepts, and reports the rest before sending', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const result = await run([wav, mp3, '--gateway', 'livepeer-cloud', '--url', baseUrl, '--token', 'secret'])
  expect(result).toEqual({
    code: 1,
    stdout: 'Hello.\n',
    stderr: 'talk.wav is wav, which go-livepeer gateway node refuses; it takes mp3, flac, m4a, webm\n',
  })
  expect(requests).toHaveLength(1)
  expect(requests[0]?.headers).not.toHaveProperty('authorization')
  expect((await formOf(requests[0])).get('model_id')).toBe('openai/whisper-large-v3')
})

test('--gateway overrides the URL in the environment', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const { stderr } = await run([wav, '--gateway', 'ai-runner'], { LIVEPEER_AI_URL: baseUrl })
  expect(stderr).toContain(`POST ${gateways['ai-runner'].servers[0]}/audio-to-text`)
  expect(requests).toEqual([])
})

test('writes several files to a folder; a failure does not stop the others', async () => {
  const { baseUrl } = await testGateway(answer(200, transcript), answer(400, gatewayError), answer(200, transcript))
  const missing = join(folder, 'none.wav')
  const result = await run([wav, missing, mp3, join(folder, 'talk.wav'), '--url', baseUrl, '--format', 'text'])
  expect(result).toEqual({
    code: 1,
    stdout: 'Hello.\nHello.\n',
    stderr: `${missing} cannot be read: there is no such file\n${mp3}: POST ${baseUrl}/audio-to-text answered 400, no such model\n`,
  })
  const captions = await testGateway(answer(200, transcript))
  expect(await run([wav, mp3, '--url', captions.baseUrl, '--format', 'srt', '-o', 'captions/'])).toMatchObject({
    code: 0,
    stdout: '',
  })
  expect((await readdir(join(folder, 'captions'))).toSorted()).toEqual(['song.srt', 'talk.srt'])
})

test('-o writes one file with all transcripts', async () => {
  const { baseUrl } = await testGateway(answer(200, transcript))
  await writeFile(join(folder, 'all.txt'), 'old')
  expect(await run([wav, mp3, '--url', baseUrl, '-o', 'all.txt'])).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await readFile(join(folder, 'all.txt'), 'utf8')).toBe('Hello.\nHello.\n')
})

test('-o keeps the old file if there is no new transcript', async () => {
  const { baseUrl } = await testGateway(answer(400, gatewayError))
  await writeFile(join(folder, 'kept.txt'), 'old')
  expect(await run([wav, '--url', baseUrl, '-o', 'kept.txt'])).toMatchObject({ code: 1 })
  expect(await readFile(join(folder, 'kept.txt'), 'utf8')).toBe('old')
  expect(await run([wav, '--url', baseUrl, '-o', 'new.txt'])).toMatchObject({ code: 1 })
  expect(await readdir(folder)).not.toContain('new.txt')
})

test('stops silently when standard output is closed', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const child = spawn(process.execPath, [cli, wav, wav, wav, '--url', baseUrl], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (text) => (stderr += text))
  expect(await once(child, 'close')).toEqual([1, null])
  expect(stderr).toBe('')
  expect(requests.length).toBeLessThan(3)
})

test('an unreachable gateway gives one line', async () => {
  const { code, stderr } = await run([wav, '--url', 'http://127.0.0.1:1001', '--token', 'secret'])
  expect(code).toBe(1)
  expect(stderr).toBe(`${wav}: POST http://127.0.0.1:1001/audio-to-text failed: connect ECONNREFUSED 127.0.0.1:1001\n`)
})

test.each([
  [[], 'No recordings given. See --help.'],
  [[wav], 'No gateway given: use --gateway NAME or --url URL, or set LIVEPEER_AI_URL.'],
  [
    [wav, '--gateway', 'livepeer-studo'],
    "--gateway: Unknown gateway 'livepeer-studo'. Did you mean 'livepeer-studio'? Known: ai-runner,",
  ],
  [[wav, '--url', 'x'], '--url: baseUrl must be an http or https URL'],
  [[wav, '--url', 'http://127.0.0.1', '--format', 'pdf'], '--format pdf is not one of text, srt, vtt, json.'],
  [
    [wav, mp3, '--url', 'http://127.0.0.1', '--format', 'srt'],
    '--format srt with several recordings requires -o FOLDER/.',
  ],
  [[wav, wav, '--url', 'http://127.0.0.1', '-o', 'x/'], '-o x/: two recordings would get the same file name.'],
  [[wav, '--url', 'http://127.0.0.1', '-o', 'none/x.txt'], '-o none/x.txt: ENOENT'],
  [[wav, '--url', 'http://127.0.0.1', '-j', 'x'], "--jobs: 'x' is not a whole number up to 100"],
  [['captions', '--url', 'http://127.0.0.1'], 'captions: there are no recordings.'],
  [['*.aiff', '--url', 'http://127.0.0.1'], '*.aiff: there are no recordings.'],
  [[wav, '--loud'], "Unknown option '--loud'"],
])('reports wrong usage for %j in one line', async (args, message) => {
  const { code, stdout, stderr } = await run(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^[^\n]+\n$/)
  expect(stderr).toContain(message)
})

test('--help lists every option and the exit codes', async () => {
  const { code, stdout } = await run(['--help'])
  expect(code).toBe(0)
  for (const word of [
    '--gateway',
    '--url',
    '--token',
    '--model',
    '--format',
    '--words',
    '--jobs',
    '--output',
    'Exit codes',
  ])
    expect(stdout).toContain(word)
})

test.each(['-', '/dev/stdin'])('%s reads standard input', async (name) => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const child = spawn(process.execPath, [cli, name, '--url', baseUrl, '--format', 'srt', '-o', 'piped/'], {
    cwd: folder,
  })
  child.stdin.end('RIFF----WAVE')
  expect(await once(child, 'close')).toEqual([0, null])
  expect(requests[0]?.body.toString()).toContain(
    'filename="audio.wav"\r\nContent-Type: audio/wav\r\n\r\nRIFF----WAVE\r\n',
  )
  expect(await readdir(join(folder, 'piped'))).toEqual(['stdin.srt'])
})

test('reads a recording that a process writes', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const command = `'${process.execPath}' '${cli}' <(cat '${wav}') --url ${baseUrl}`
  expect(await promisify(execFile)('bash', ['-c', command])).toEqual({ stdout: 'Hello.\n', stderr: '' })
  expect(requests[0]?.body.toString()).toContain('\r\n\r\nRIFF----WAVE\r\n')
})

test('transcribes the recordings of a folder, and those of a pattern', async () => {
  const { requests, baseUrl } = await testGateway(answer(200, transcript))
  const talks = join(folder, 'talks')
  await mkdir(join(talks, 'older.wav'), { recursive: true })
  for (const name of ['1.wav', '2.MP3', '10.wav', 'notes.txt', '.hidden.wav']) await writeFile(join(talks, name), 'ID3')
  expect(await run(['talks', '--url', baseUrl])).toMatchObject({ code: 0, stderr: '' })
  expect(await run(['talks/1*.wav', '--url', baseUrl])).toMatchObject({ code: 0, stderr: '' })
  const sent = requests.map(({ body }) => /filename="([^"]*)"/.exec(body.toString())?.[1])
  expect(sent).toEqual(['1.wav', '10.wav', '2.MP3', '1.wav', '10.wav'])
})

/** Answers after a while, with the name of the recording as its text. */
const nameLater =
  (pauses: Record<string, number>): Behaviour =>
  async ({ body, response }) => {
    const [, name = ''] = /filename="([^"]*)"/.exec((await body()).toString()) ?? []
    const pause = pauses[name] ?? 0
    if (pause === Infinity) return
    await new Promise((resolve) => setTimeout(resolve, pause))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ text: name, chunks: [] }))
  }

test('--jobs transcribes several at a time, and writes them in order', async () => {
  const { requests, baseUrl } = await testGateway(nameLater({ 'talk.wav': 300 }))
  const result = run([wav, mp3, wav, mp3, '--url', baseUrl, '--jobs', '4'])
  await expect.poll(() => requests.length, { timeout: 20_000 }).toBe(4)
  expect(await result).toEqual({ code: 0, stdout: 'talk.wav\nsong.mp3\ntalk.wav\nsong.mp3\n', stderr: '' })
})

test('Ctrl-C keeps what is finished, and leaves nothing half-written', async () => {
  const { requests, baseUrl } = await testGateway(nameLater({ 'song.mp3': Infinity }))
  await writeFile(join(folder, 'late.wav'), 'ID3')
  const args = [cli, wav, mp3, 'late.wav', '--url', baseUrl, '-o', 'interrupted/']
  const child = spawn(process.execPath, args, { cwd: folder })
  let stderr = ''
  child.stderr.on('data', (text) => (stderr += text))
  await expect.poll(() => requests[1]?.body.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(0)
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
  expect(stderr).toBe('')
  expect(await readdir(join(folder, 'interrupted'))).toEqual(['talk.txt'])
})

test('control characters of a gateway are shown instead of sent to the terminal', async () => {
  const { baseUrl } = await testGateway(answer(400, { detail: { msg: 'no \u{1b}]0;title\u{7} such\u{9b}2J model' } }))
  expect((await run([wav, '--url', baseUrl])).stderr).toContain('no ␛]0;title␇ such\\u009b2J model\n')
  expect(toVisible('a\tb\r\n\u{7f}é')).toBe('a\tb␍\n␡é')
})

test('shows progress on terminals only, and removes it', () => {
  const written: string[] = []
  const write = (text: string) => written.push(text) > 0
  const lines = () => written.splice(0).map((text) => text.replace('\r\u{1b}[K', ''))
  progressOf({ isTTY: false, columns: 80, write }, 1, 1).show('a.wav', { loaded: 1 })
  expect(lines()).toEqual([])
  const terminal = { isTTY: true, columns: 80, write }
  const one = progressOf(terminal, 1, 1)
  for (const loaded of [0, 50, 50, 100]) one.show('a.wav', { loaded, total: 100 })
  one.show('a\u{1b}.wav', { loaded: 2_500_000 })
  one.clear()
  expect(lines()).toEqual([
    'a.wav  [..............................] 0 %',
    'a.wav  [###############...............] 50 %',
    'a.wav  sent; waiting for the transcript',
    'a␛.wav  2.5 MB sent',
    '',
  ])
  const several = progressOf(terminal, 3, 1)
  several.done()
  several.show('b.wav', { loaded: 100, total: 100 })
  several.fail()
  const parallel = progressOf(terminal, 3, 2)
  parallel.fail()
  parallel.done()
  parallel.show('b.wav', { loaded: 1, total: 100 })
  expect(lines()).toEqual(['1 of 3 done  b.wav  sent; waiting for the transcript', '', '1 of 3 done, 1 failed'])
})
