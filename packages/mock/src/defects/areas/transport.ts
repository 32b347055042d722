import { after, emptyTranscript, has, isTranscript, observe, refusal, replace, transcript } from '../changes.ts'
import type { Defect } from '../defect.ts'
import { audio } from '../upload.ts'
import { head, intercept, isTranscriptOnWire, onWire, type Message } from '../wire.ts'

const raw = (write: (message: Message) => string) =>
  onWire((message, incoming) =>
    isTranscriptOnWire(message, incoming) ? Buffer.from(write(message), 'latin1') : undefined,
  )
const latin1 = (message: Message) => message.body.toString('latin1')
const size = (message: Message) => message.body.length.toString(16)

export const transport: Defect[] = [
  {
    name: 'answer-from-before',
    summary: 'The second request on a connection gets the answer to the first.',
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
    summary: 'After each answer the connection is gone, and nobody was told.',
    checks: ['TR-01'],
    wire: () => (incoming, outgoing, serve) => {
      outgoing.once('finish', () => setImmediate(() => incoming.socket.destroy()))
      serve()
    },
  },
  {
    name: 'continue-never',
    summary: 'A client that waits for 100 Continue waits for ever.',
    checks: ['TR-02'],
    wire: () => (incoming, _, serve) => {
      if (!incoming.headers.expect) serve()
    },
  },
  {
    name: 'reset-for-refusal',
    summary: 'In place of a 400, 415 or 422 the connection is reset.',
    checks: ['TR-03'],
    around: after(has(400, 415, 422), () => Response.error()),
  },
  {
    name: 'reset-midway',
    summary: 'In the middle of a transcript the connection is reset.',
    checks: ['TR-03', 'HD-02'],
    wire: () =>
      intercept((message, incoming, send) => {
        if (!isTranscriptOnWire(message, incoming)) return send(message)
        const half = message.body.subarray(0, message.body.length / 2)
        incoming.socket.write(Buffer.concat([Buffer.from(head(message)), half]), () =>
          setTimeout(() => incoming.socket.resetAndDestroy(), 20),
        )
      }),
  },
  {
    name: 'length-too-long',
    summary: 'The Content-Length of a transcript says more than comes.',
    checks: ['HD-02', 'TR-03'],
    wire: raw(
      (message) =>
        `${head(message, ['content-length'], `content-length: ${message.body.length + 10}`)}${latin1(message)}`,
    ),
  },
  {
    name: 'length-too-short',
    summary: 'The Content-Length of a transcript says less than comes.',
    checks: ['HD-02', 'RS-05'],
    wire: raw(
      (message) =>
        `${head(message, ['content-length'], `content-length: ${message.body.length - 10}`)}${latin1(message)}`,
    ),
  },
  {
    name: 'chunked-unfinished',
    summary: 'A chunked transcript ends without its last chunk.',
    checks: ['TR-03', 'HD-02'],
    wire: raw(
      (message) =>
        `${head(message, ['content-length'], 'transfer-encoding: chunked')}${size(message)}\r\n${latin1(message)}\r\n`,
    ),
  },
  {
    name: 'chunked-rubbish',
    summary: 'After the last chunk of a transcript comes rubbish.',
    checks: ['HD-02', 'TR-03'],
    wire: raw(
      (message) =>
        `${head(message, ['content-length'], 'transfer-encoding: chunked')}${size(message)}\r\n${latin1(message)}\r\n0\r\n\r\n%%rubbish%%`,
    ),
  },
  {
    name: 'header-without-colon',
    summary: 'The head of a transcript has a line that is no header.',
    checks: ['HD-02', 'TR-03'],
    wire: raw((message) => `${head(message, [], 'this is no header')}${latin1(message)}`),
  },
  {
    name: 'never-closed',
    summary: 'A transcript says that the connection ends with it, and the connection stays open.',
    checks: ['TR-03'],
    wire: onWire(
      (message, incoming) =>
        isTranscriptOnWire(message, incoming)
          ? Buffer.concat([Buffer.from(head(message, ['content-length'], 'connection: close')), message.body])
          : undefined,
      { closes: false },
    ),
  },
  {
    name: 'cross-talk',
    summary: 'Of two transcriptions at a time each gets the text of the other.',
    checks: ['TR-04'],
    around: (site) => {
      let running = 0
      let waiting: { mine: Response; take: (other: Response) => void } | undefined
      const swap = after(isTranscript, ({ response }) => {
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
    summary: 'A request that is the same as the one before is answered 409.',
    checks: ['TR-05', 'ER-04'],
    around: (site) => {
      let last = ''
      return after(isTranscript, ({ response, upload }) => {
        const key = upload.parts.map(({ name, content }) => `${name}=${content.toString('latin1')}`).join('\n')
        const isRepeated = key === last
        last = key
        return isRepeated ? refusal(409, 'This was sent before.') : response
      })(site)
    },
  },
  {
    name: 'unsteady-text',
    summary: 'Every other transcript has the words of its text the other way round.',
    checks: ['TR-05'],
    around: (site) => {
      let count = 0
      return transcript((said) =>
        count++ % 2 ? { ...said, text: said.text.split(' ').toReversed().join(' ') } : said,
      )(site)
    },
  },
  {
    name: 'fields-cached',
    summary: 'The same recording is answered from a cache, whatever the fields say.',
    checks: ['SE-06', 'FV-07'],
    around: (site) => {
      const answers = new Map<string, string>()
      return after(isTranscript, async ({ response, upload }) => {
        const key = audio(upload)?.content.toString('latin1') ?? ''
        const fresh = await response.text()
        if (!answers.has(key)) answers.set(key, fresh)
        return new Response(answers.get(key), response)
      })(site)
    },
  },
  {
    name: 'abort-poisons',
    summary: 'After an upload that was broken off, the next one is answered 500.',
    checks: ['TR-06'],
    around: () => {
      let isPoisoned = false
      return async (request, next) => {
        if (request.method !== 'POST') return next(request)
        if (isPoisoned) {
          isPoisoned = false
          return refusal(500, 'Internal server error.')
        }
        request.signal.addEventListener('abort', () => (isPoisoned = true), { once: true })
        return next(request)
      }
    },
  },
  {
    name: 'slow-upload-500',
    summary: 'An upload that takes more than a second is answered 500.',
    checks: ['TR-07'],
    around: slowUpload(() => refusal(500, 'Internal server error.')),
  },
  {
    name: 'slow-upload-hangs',
    summary: 'An upload that takes more than a second is never answered.',
    checks: ['TR-07'],
    around: slowUpload(({ signal }) => until(signal)),
  },
  {
    name: 'sixth-hangs',
    summary: 'Every sixth transcript never comes.',
    checks: ['TR-03'],
    around: (site) => {
      let count = 0
      return after(isTranscript, ({ response, request }) => (++count % 6 ? response : until(request.signal)))(site)
    },
  },
  {
    name: 'silent-failure',
    summary: 'Every other transcript is empty, as if nothing had been said.',
    checks: ['TR-05', 'SE-01'],
    around: (site) => {
      let count = 0
      return after(isTranscript, ({ response }) => (++count % 2 ? response : emptyTranscript()))(site)
    },
  },
]

/** Answers an upload whose first and last bytes are more than a second apart. */
function slowUpload(answer: (request: Request) => Response | Promise<Response>): Required<Defect>['around'] {
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

/** Never, unless the client goes away. */
function until(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(Response.error()), { once: true }))
}
