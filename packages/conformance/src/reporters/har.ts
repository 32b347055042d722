import type { Report, ReportedExchange } from '../report.ts'

/** Formats the exchanges as HTTP Archive 1.2, without credentials and cookies. */
export function formatHar({ suite, exchanges, target }: Report): string {
  return `${JSON.stringify(
    {
      log: {
        version: '1.2',
        creator: { name: suite.name, version: suite.version },
        comment: target.url,
        entries: exchanges.map(toEntry),
      },
    },
    null,
    2,
  )}\n`
}

function toEntry(exchange: ReportedExchange) {
  const { id, startedAt, ms, failure } = exchange
  return {
    startedDateTime: startedAt,
    time: ms,
    request: toRequest(exchange),
    response: toResponse(exchange),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    comment: failure ? `${id}: ${failure}` : id,
  }
}

function toRequest({ method, url, requestHeaders, requestBytes, requestBody }: ReportedExchange) {
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: toHeaders(requestHeaders),
    queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
    postData: requestBytes ? { mimeType: typeOf(requestHeaders), params: [], text: requestBody } : undefined,
    headersSize: -1,
    bodySize: requestBytes,
  }
}

/** Status 0 stands for no response, because every entry of a HAR has one. */
function toResponse({
  status = 0,
  reason = '',
  responseHeaders = [],
  responseBytes = 0,
  responseBody,
}: ReportedExchange) {
  return {
    status,
    statusText: reason,
    httpVersion: status ? 'HTTP/1.1' : '',
    cookies: [],
    headers: toHeaders(responseHeaders),
    content: { size: responseBytes, mimeType: typeOf(responseHeaders), text: responseBody || undefined },
    redirectURL: valueOf(responseHeaders, 'location'),
    headersSize: -1,
    bodySize: responseBytes,
  }
}

const secret = /^(?:proxy-)?authorization$|^(?:set-)?cookie$/i

function toHeaders(list: ReportedExchange['requestHeaders']) {
  return list.map(([name, value]) => ({ name, value: secret.test(name) ? '[cut]' : value }))
}

const valueOf = (list: ReportedExchange['requestHeaders'], header: string) =>
  list.find(([name]) => name.toLowerCase() === header)?.[1] ?? ''
const typeOf = (list: ReportedExchange['requestHeaders']) => valueOf(list, 'content-type')
