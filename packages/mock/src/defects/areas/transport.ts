import { observe, replace } from '../change-request.ts'
import {
  changeResponse,
  changeTranscript,
  emptyTranscript,
  errorResponse,
  hasStatus,
  isTranscript,
} from '../change-response.ts'
import type { ChangeServer, Defect } from '../defect.ts'
import { audioOf } from '../upload.ts'
import { writeHead, intercept, isTranscriptMessage, changeMessage, type Message } from '../wire.ts'

const sendRaw = (write: (message: Message) => string) =>
  changeMessage((message, incoming) =>
    isTranscriptMessage(message, incoming) ? Buffer.from(write(message), 'latin1') : undefined,
  )
const toLatin1 = (message: Message) => message.body.toString('latin1')
const toHexSize = (message: Message) => message.body.length.toString(16)

export const transport: Defect[] = [
  {
    name: 'answer-from-before',
    summary: 'The second request on a connection gets the response to the first.',
    checks: ['TR-01'],
    wire: () => {
      const first = new WeakMap<object, Message>()
      return intercept((message, { socket }, send) => {
        send(first.get(socket) ?? message)
        if (!first.has(socket)) first.set(socket, message)
      })
    },
  },
  {
    name: 'connection-lost',
    summary: 'The connection is closed after each response without Connection: close.',
    checks: ['TR-01'],
    wire: () => (incoming, outgoing, serve) => {
      outgoing.once('finish', () => setImmediate(() => incoming.socket.destroy()))
      serve()
    },
  },
  {
    name: 'continue-never',
    summary: '100 Continue is never sent.',
    checks: ['TR-02'],
    wire: () => (incoming, _, serve) => {
      if (!incoming.headers.expect) serve()
    },
  },
  {
    name: 'reset-for-refusal',
    summary: 'The connection is reset in place of a 400, 415 or 422.',
    checks: ['TR-03'],
    around: changeResponse(hasStatus(400, 415, 422), () => Response.error()),
  },
  {
    name: 'reset-midway',
    summary: 'The connection is reset in the middle of a transcript.',
    checks: ['TR-03', 'HD-02'],
    wire: () =>
      intercept((message, incoming, send) => {
        if (!isTranscriptMessage(message, incoming)) return send(message)
        const half = message.body.subarray(0, message.body.length / 2)
        incoming.socket.write(Buffer.concat([Buffer.from(writeHead(message)), half]), () =>
          setTimeout(() => incoming.socket.resetAndDestroy(), 20),
        )
      }),
  },
  {
    name: 'length-too-long',
    summary: 'The Content-Length of a transcript is too large.',
    checks: ['HD-02', 'TR-03'],
    wire: sendRaw(
      (message) =>
        `${writeHead(message, ['content-length'], `content-length: ${message.body.length + 10}`)}${toLatin1(message)}`,
    ),
  },
  {
    name: 'length-too-short',
    summary: 'The Content-Length of a transcript is too small.',
    checks: ['HD-02', 'RS-05'],
    wire: sendRaw(
      (message) =>
        `${writeHead(message, ['content-length'], `content-length: ${message.body.length - 10}`)}${toLatin1(message)}`,
    ),
  },
  {
    name: 'chunked-unfinished',
    summary: 'A chunked transcript ends without its last chunk.',
    checks: ['TR-03', 'HD-02'],
    wire: sendRaw(
      (message) =>
        `${writeHead(message, ['content-length'], 'transfer-encoding: chunked')}${toHexSize(message)}\r\n${toLatin1(message)}\r\n`,
    ),
  },
  {
    name: 'chunked-rubbish',
    summary: 'The last chunk of a transcript is followed by extra bytes.',
    checks: ['HD-02', 'TR-03'],
    wire: sendRaw(
      (message) =>
        `${writeHead(message, ['content-length'], 'transfer-encoding: chunked')}${toHexSize(message)}\r\n${toLatin1(message)}\r\n0\r\n\r\n%%rubbish%%`,
    ),
  },
  {
    name: 'header-without-colon',
    summary: 'The head of a transcript has a line without a colon.',
    checks: ['HD-02', 'TR-03'],
    wire: sendRaw((message) => `${writeHead(message, [], 'this is no header')}${toLatin1(message)}`),
  },
  {
    name: 'never-closed',
    summary: 'A transcript has Connection: close, but the connection stays open.',
    checks: ['TR-03'],
    wire: changeMessage(
      (message, incoming) =>
        isTranscriptMessage(message, incoming)
          ? Buffer.concat([Buffer.from(writeHead(message, ['content-length'], 'connection: close')), message.body])
          : undefined,
      { closes: false },
    ),
  },
  {
    name: 'cross-talk',
    summary: "Two simultaneous requests get each other's transcripts.",
    checks: ['TR-04'],
    around: (site) => {
      let running = 0
      let waiting: { mine: Response; take: (other: Response) => void } | undefined
      const swap = changeResponse(isTranscript, ({ response }) => {
        const other = waiting
        waiting = undefined
        if (other) {
          other.take(response)
          return other.mine
        }
        return new Promise((resolve) => {
          const mine = { mine: response, take: resolve }
          waiting = mine
          const giveUp = () => {
            if (waiting !== mine) return
            waiting = undefined
            resolve(response)
          }
          setTimeout(giveUp, running > 1 ? 1000 : 50)
        })
      })(site)
      return async (request, next) => {
        running++
        try {
          return await swap(request, next)
        } finally {
          running--
        }
      }
    },
  },
  {
    name: 'repetition-409',
    summary: 'A request that repeats the previous one is answered with 409.',
    checks: ['TR-05', 'ER-04'],
    around: (site) => {
      let last = ''
      return changeResponse(isTranscript, ({ response, upload }) => {
        const key = upload.parts.map(({ name, content }) => `${name}=${content.toString('latin1')}`).join('\n')
        const isRepeated = key === last
        last = key
        return isRepeated ? errorResponse(409, 'This was sent before.') : response
      })(site)
    },
  },
  {
    name: 'unsteady-text',
    summary: 'Every other transcript has its words in reverse order.',
    checks: ['TR-05'],
    around: (site) => {
      let count = 0
      return changeTranscript((said) =>
        count++ % 2 ? { ...said, text: said.text.split(' ').toReversed().join(' ') } : said,
      )(site)
    },
  },
  {
    name: 'fields-cached',
    summary: 'A repeated recording is answered from a cache that ignores the fields.',
    checks: ['SE-06', 'FV-07'],
    around: (site) => {
      const answers = new Map<string, string>()
      return changeResponse(isTranscript, async ({ response, upload }) => {
        const key = audioOf(upload)?.content.toString('latin1') ?? ''
        const fresh = await response.text()
        if (!answers.has(key)) answers.set(key, fresh)
        return new Response(answers.get(key), response)
      })(site)
    },
  },
  {
    name: 'abort-poisons',
    summary: 'The upload after an aborted one is answered with 500.',
    checks: ['TR-06'],
    around: () => {
      let isPoisoned = false
      return async (request, next) => {
        if (request.method !== 'POST') return next(request)
        if (isPoisoned) {
          isPoisoned = false
          return errorResponse(500, 'Internal server error.')
        }
        request.signal.addEventListener('abort', () => (isPoisoned = true), { once: true })
        return next(request)
      }
    },
  },
  {
    name: 'slow-upload-500',
    summary: 'An upload that takes more than a second is answered with 500.',
    checks: ['TR-07'],
    around: answerSlowUpload(() => errorResponse(500, 'Internal server error.')),
  },
  {
    name: 'slow-upload-hangs',
    summary: 'An upload that takes more than a second is never answered.',
    checks: ['TR-07'],
    around: answerSlowUpload(({ signal }) => waitForAbort(signal)),
  },
  {
    name: 'sixth-hangs',
    summary: 'Every sixth transcript is never sent.',
    checks: ['TR-03'],
    around: (site) => {
      let count = 0
      return changeResponse(isTranscript, ({ response, request }) =>
        ++count % 6 ? response : waitForAbort(request.signal),
      )(site)
    },
  },
  {
    name: 'silent-failure',
    summary: 'Every other transcript is empty.',
    checks: ['TR-05', 'SE-01'],
    around: (site) => {
      let count = 0
      return changeResponse(isTranscript, ({ response }) => (++count % 2 ? response : emptyTranscript()))(site)
    },
  },
]

/** Replaces the response to an upload that takes more than a second. */
function answerSlowUpload(answer: (request: Request) => Response | Promise<Response>): ChangeServer {
  return () => async (request, next) => {
    let first = 0
    let last = 0
    const body =
      request.body &&
      observe(request.body, () => {
        last = Date.now()
        first ||= last
      })
    const response = await next(replace(request, { body }))
    return last - first > 1000 ? answer(request) : response
  }
}

/** Resolves when the client disconnects. */
function waitForAbort(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(Response.error()), { once: true }))
}
