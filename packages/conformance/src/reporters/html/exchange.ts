import type { ReportedExchange } from '../../report.ts'
import { escape } from '../escape.ts'
import { formatAnswer } from '../outline/evidence.ts'
import { formatPre } from './entry.ts'

/** Formats the whole exchange, folded. */
export function formatExchange(exchange: ReportedExchange): string {
  const { id, method, url, status, ms, requestHeaders, requestBody, requestBytes, curl, replay } = exchange
  const { responseHeaders = [], responseBody = '', responseBytes = 0 } = exchange
  const answer = formatAnswer(exchange)
  const command = curl ?? replay
  const request = formatMessage(`${method} ${url}`, requestHeaders, requestBody)
  const response = formatMessage(answer, responseHeaders, responseBody)
  return `<details id="x-${escape(id)}">
<summary>${escape(id)} ${escape(method)} ${escape(url)} <b>${escape(answer)}</b> <small>${ms} ms</small></summary>
<div>
${command === undefined ? '' : `<h3>Repeat it</h3>${formatPre('Command to repeat the request', command)}`}
<h3>Request, ${requestBytes} bytes</h3>${formatPre('Request', request)}
${status === undefined ? '' : `<h3>Answer, ${responseBytes} bytes</h3>${formatPre('Answer', response)}`}
</div>
</details>`
}

const formatMessage = (line: string, headers: [string, string][], body: string): string =>
  [line, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\n')
