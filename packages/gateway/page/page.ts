import { createClient, GatewayError, ResponseError } from '@livepeer-ai/client'
import type { Transcript } from '@livepeer-ai/client'
import { toSrt, toText, toVtt } from '@livepeer-ai/client/captions'
import { expectSeconds } from './expect-seconds.ts'

type Chunk = Transcript['chunks'][number]

const element = (id: string) => document.getElementById(id)!
const form = element('form') as HTMLFormElement
const file = element('file') as HTMLInputElement
const drop = element('drop')
const record = element('record') as HTMLButtonElement
const token = element('token') as HTMLInputElement
const progress = element('progress') as HTMLProgressElement
const player = element('audio') as HTMLAudioElement
const text = element('text')

let running: AbortController | undefined
let recording: File | undefined
let transcript: Transcript | undefined

// Choosing the same file again is no change, unless the choice is forgotten.
file.addEventListener('click', () => (file.value = ''))
file.addEventListener('change', () => void transcribe(file.files?.[0]))
element('cancel').addEventListener('click', () => running?.abort())
// Enter in the token field tries again with that token.
form.addEventListener('submit', (event) => {
  event.preventDefault()
  void transcribe(recording)
})
for (const input of form.elements)
  if (input instanceof HTMLInputElement && input.name === 'timestamps')
    input.addEventListener('change', () => void transcribe(recording))

drop.addEventListener('dragover', (event) => {
  event.preventDefault()
  drop.classList.add('over')
})
drop.addEventListener('dragleave', () => drop.classList.remove('over'))
drop.addEventListener('drop', (event) => {
  event.preventDefault()
  drop.classList.remove('over')
  file.value = ''
  void transcribe(event.dataTransfer?.files[0])
})

async function transcribe(chosen: File | undefined): Promise<void> {
  if (!chosen) return
  running?.abort()
  const { signal } = (running = new AbortController())
  recording = chosen
  show({ working: true })
  const client = createClient({ baseUrl: location.origin, token: token.value.trim() || 'none', retries: 0 })
  const expected = expectSeconds(chosen)
  let stopClock: (() => void) | undefined
  try {
    const answer = await client.audioToText({
      audio: chosen,
      returnTimestamps: new FormData(form).get('timestamps') as 'sentence' | 'word',
      signal,
      onUploadProgress: ({ loaded, total }) => {
        report(loaded, total ?? 0)
        if (loaded >= (total ?? 0)) stopClock ??= startClock(expected)
      },
    })
    transcript = answer
    showTranscript(answer, chosen)
  } catch (error) {
    if (!signal.aborted) show({ error: reason(error) })
    else if (running?.signal === signal) {
      show({})
      element('announce').textContent = 'Canceled.'
    }
  } finally {
    stopClock?.()
  }
}

/** Returns the message of an error without the method and URL, which mean nothing to a user. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'Something went wrong.'
  if (!(error instanceof GatewayError)) return error.message
  const message = error.message.replace(`${error.method} ${error.url} `, 'The gateway ')
  return error instanceof ResponseError && error.status === 401
    ? `${message} Enter the token above and press Enter to try again.`
    : message
}

function report(loaded: number, total: number): void {
  const isSent = loaded >= total
  const status = isSent ? 'Transcribing' : 'Uploading'
  if (element('announce').textContent !== status)
    for (const id of ['status', 'announce']) element(id).textContent = status
  if (isSent) progress.removeAttribute('value')
  else progress.value = loaded / total
}

/** Shorter transcriptions show no time. In seconds. */
const shortly = 3

/** Shows how long a transcription has run, and about how long it will take, until it is stopped. */
function startClock(expecting: Promise<number | undefined>): () => void {
  const begin = performance.now()
  let expected: number | undefined
  void expecting.then((seconds) => (expected = seconds))
  const tick = () => {
    const seconds = (performance.now() - begin) / 1000
    if (seconds < shortly && (expected ?? 0) < shortly) return
    const isLate = expected !== undefined && seconds > expected
    const rest = expected === undefined ? '' : isLate ? ', longer than expected' : ` of about ${toClock(expected)}`
    element('status').textContent = `Transcribing, ${toClock(seconds)}${rest}`
    if (expected === undefined || isLate) progress.removeAttribute('value')
    else progress.value = seconds / expected
  }
  const ticking = setInterval(tick, 250)
  return () => clearInterval(ticking)
}

/** Returns minutes and seconds. */
function toClock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

function show({ working = false, error = '', result = false }): void {
  if (working) report(0, 1)
  element('working').hidden = !working
  element('result').hidden = !result
  element('error').hidden = !error
  element('error').textContent = error
}

function showTranscript(answer: Transcript, source: File): void {
  URL.revokeObjectURL(player.src)
  player.src = URL.createObjectURL(source)
  element('source').textContent = source.name
  text.replaceChildren(...answer.chunks.flatMap((chunk, index) => [chunkButton(chunk, index), ' ']))
  if (!answer.chunks.length) text.textContent = answer.text || 'No speech was found in this recording.'
  show({ result: true })
  element('announce').textContent = answer.text ? 'The transcript is ready.' : 'No speech was found.'
}

/**
 * Returns a button for a word or sentence that plays from its time. Only one is in the tab order;
 * arrow keys move between them.
 */
function chunkButton(chunk: Chunk, index: number): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = chunk.text.trim()
  button.tabIndex = index ? -1 : 0
  button.addEventListener('click', () => {
    player.currentTime = startOf(chunk)
    void player.play()
  })
  return button
}

text.addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (!step || !(event.target instanceof HTMLButtonElement)) return
  const buttons = [...text.querySelectorAll('button')]
  const next = buttons[buttons.indexOf(event.target) + step]
  if (!next) return
  event.preventDefault()
  event.target.tabIndex = -1
  next.tabIndex = 0
  next.focus()
})

player.addEventListener('timeupdate', () => {
  const chunks = transcript?.chunks ?? []
  const now = chunks.findLastIndex((chunk) => startOf(chunk) <= player.currentTime)
  for (const [index, button] of text.querySelectorAll('button').entries()) {
    if (index === now) button.setAttribute('aria-current', 'true')
    else button.removeAttribute('aria-current')
  }
})

function startOf({ timestamp: [start] }: Chunk): number {
  return typeof start === 'number' ? start : 0
}

const formats: Record<string, { type: string; write: (from: Transcript) => string }> = {
  txt: { type: 'text/plain', write: toText },
  srt: { type: 'application/x-subrip', write: (from) => toSrt(from) },
  vtt: { type: 'text/vtt', write: (from) => toVtt(from) },
  json: { type: 'application/json', write: (from) => JSON.stringify(from, null, 2) },
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-format]')) {
  button.addEventListener('click', () => {
    const extension = button.dataset['format']!
    const format = formats[extension]
    if (!transcript || !format) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([format.write(transcript)], { type: format.type }))
    link.download = `${recording?.name.replace(/\.\w+$/, '') ?? 'transcript'}.${extension}`
    link.click()
    URL.revokeObjectURL(link.href)
  })
}

let recorder: MediaRecorder | undefined
record.addEventListener('click', () => void (recorder ? recorder.stop() : startRecording()))

async function startRecording(): Promise<void> {
  if (!isSecureContext) return show({ error: 'Browsers allow the microphone on local pages and over https only.' })
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch((error: Error) => {
    show({ error: `The microphone cannot be used: ${error.message}.` })
  })
  if (!stream) return
  file.value = ''
  const parts: Blob[] = []
  recorder = new MediaRecorder(stream)
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  recorder.addEventListener('stop', () => {
    const type = recorder?.mimeType ?? 'audio/webm'
    recorder = undefined
    for (const track of stream.getTracks()) track.stop()
    clearInterval(counting)
    label(false)
    void transcribe(
      new File(parts, `recording.${type.includes('mp4') ? 'm4a' : type.includes('ogg') ? 'ogg' : 'webm'}`, { type }),
    )
  })
  recorder.start()
  const begin = Date.now()
  const tick = () => label(true, Math.floor((Date.now() - begin) / 1000))
  const counting = setInterval(tick, 1000)
  tick()
}

function label(isRecording: boolean, seconds = 0): void {
  record.setAttribute('aria-pressed', String(isRecording))
  element('record-label').textContent = isRecording ? 'Stop' : 'Record'
  element('elapsed').textContent = isRecording ? toClock(seconds) : ''
}
