import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gateways } from '@livepeer-ai/openapi/gateways'
import { expect, test } from 'vitest'
import { answer, formOf, testGateway, transcript } from '../testing/test-gateway.ts'
import { progressBar } from './progress-bar.ts'

const folder = await mkdtemp(join(tmpdir(), 'client-cli-'))
const [wav = '', mp3 = ''] = ['talk.wav', 'song.mp3'].map((name) => join(folder, name))
await Promise.all([writeFile(wav, 'RIFF----WAVE'), writeFile(mp3, 'ID3')])

/** Runs the command like a user, with its output in pipes. */
async function run(args: string[], env: Record<string, string> = {}) {
  const cli = join(import.meta.dirname, '../cli.ts')
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
  const cli = join(import.meta.dirname, '../cli.ts')
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
  for (const word of ['--gateway', '--url', '--token', '--model', '--format', '--words', '--output', 'Exit codes'])
    expect(stdout).toContain(word)
})

test('shows a progress bar on terminals only, and removes it', () => {
  const written: string[] = []
  const write = (text: string) => written.push(text) > 0
  expect(progressBar({ isTTY: false, columns: 80, write }, 'a.wav')).toBeUndefined()
  const bar = progressBar({ isTTY: true, columns: 80, write }, 'a.wav')
  for (const loaded of [0, 50, 50, 100]) bar?.show({ loaded, total: 100 })
  bar?.show({ loaded: 2_500_000 })
  bar?.clear()
  expect(written.map((text) => text.replace('\r\u{1b}[K', ''))).toEqual([
    'a.wav  [..............................] 0 %',
    'a.wav  [###############...............] 50 %',
    'a.wav  sent; waiting for the transcript',
    'a.wav  2.5 MB sent',
    '',
  ])
})
