import type { Report, ReportedExchange } from '../report.ts'

/**
 * The exchanges as HTTP Archive 1.2. What a request proves itself with is cut, and the cookies of
 * both sides.
 */
export function har({ suite, exchanges, target }: Report): string {
  return `${JSON.stringify(
    {
      log: {
        version: '1.2',
        creator: { name: suite.name, version: suite.version },
        comment: target.url,
        entries: exchanges.map(entry),
      },
    },
    null,
    2,
  )}\n`
}

function entry(exchange: ReportedExchange) {
  const { id, startedAt, ms, failure } = exchange
  return {
    startedDateTime: startedAt,
    time: ms,
    request: request(exchange),
    response: response(exchange),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    comment: failure ? `${id}: ${failure}` : id,
  }
}

function request({ method, url, requestHeaders, requestBytes, requestBody }: ReportedExchange) {
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers(requestHeaders),
    queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
    ...(requestBytes && { postData: { mimeType: typeOf(requestHeaders), params: [], text: requestBody } }),
    headersSize: -1,
    bodySize: requestBytes,
  }
}

/** HAR has no entry without a response: status 0 stands for none. */
function response({
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
    headers: headers(responseHeaders),
    content: { size: responseBytes, mimeType: typeOf(responseHeaders), ...(responseBody && { text: responseBody }) },
    redirectURL: valueOf(responseHeaders, 'location'),
    headersSize: -1,
    bodySize: responseBytes,
  }
}

const secret = /^(?:proxy-)?authorization$|^(?:set-)?cookie$/i

function headers(list: ReportedExchange['requestHeaders']) {
  return list.map(([name, value]) => ({ name, value: secret.test(name) ? '[cut]' : value }))
}

const valueOf = (list: ReportedExchange['requestHeaders'], header: string) =>
  list.find(([name]) => name.toLowerCase() === header)?.[1] ?? ''
const typeOf = (list: ReportedExchange['requestHeaders']) => valueOf(list, 'content-type')
