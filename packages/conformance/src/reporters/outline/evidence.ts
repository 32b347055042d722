import { attachedFolder } from '../../attached-files.ts'
import type { Report, ReportedExchange } from '../../report.ts'
import type { Evidence } from './outline.ts'

const maxBody = 400
const maxHeaders = 8

/** Headers that every answer has. */
const usualHeaders = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding', 'server'])

/** Returns the exchange with an id as evidence; undefined if the report lacks it. */
export function findEvidence({ exchanges }: Report, id: string, folder: string | null): Evidence | undefined {
  const exchange = exchanges.find((one) => one.id === id)
  return exchange && toEvidence(exchange, folder)
}

function toEvidence(exchange: ReportedExchange, folder: string | null): Evidence {
  const { id, method, url, requestBody, responseHeaders = [], responseBody = '', curl, replay } = exchange
  const body = cut(requestBody.replaceAll(/\s*\n\s*/g, ', '), 160)
  const headers = responseHeaders.filter(([name]) => !usualHeaders.has(name.toLowerCase()))
  return {
    exchange: id,
    request: [method, url, body && `with ${body}`].filter(Boolean).join(' '),
    answer: cut(formatAnswer(exchange), 160),
    headers: headers.slice(0, maxHeaders).map(([name, value]) => cut(`${name}: ${value}`, 160)),
    body: cut(responseBody, maxBody),
    command: curl === undefined ? replay : moveCommand(curl, folder),
  }
}

/** Makes a command run from elsewhere than the folder of the report. */
function moveCommand(command: string, folder: string | null): string | undefined {
  const file = `@${attachedFolder}/`
  if (folder === '.' || !command.includes(file)) return command
  if (folder === null) return undefined
  if (/^[\w+./-]+$/.test(folder)) return command.replaceAll(file, `@${folder.replace(/\/$/, '')}/${attachedFolder}/`)
  return `(cd '${folder.replaceAll("'", String.raw`'\''`)}' && ${command})`
}

/** Formats the status and the reason, or the error in their place. */
export function formatAnswer({ status, reason = '', failure, responseBytes = 0 }: ReportedExchange): string {
  if (status === undefined) return failure ?? 'no response'
  const size = responseBytes ? '' : ', without a body'
  return `${status} ${reason}`.trim() + size + (failure ? `, then ${failure}` : '')
}

/** Shortens text of a gateway, and replaces the control characters that a terminal would obey. */
function cut(text: string, length: number): string {
  const printable = text.replaceAll(/[^\P{Cc}\t\n\r]/gu, '\uFFFD')
  return printable.length > length ? `${printable.slice(0, length)}…` : printable
}
