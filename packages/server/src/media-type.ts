/** A media type without its parameters, in lower case. */
export function essence(mediaType: string): string {
  return mediaType.split(';', 1)[0]!.trim().toLowerCase()
}

export function isJson(mediaType: string): boolean {
  return /^application\/(.+\+)?json$/.test(essence(mediaType))
}

/** Whether an Accept header (RFC 9110, 12.5.1) leaves room for one of the media types. */
export function accepts(header: string | null, mediaTypes: readonly string[]): boolean {
  if (!header?.trim() || !mediaTypes.length) return true
  const ranges = header
    .split(',')
    .map((range) => ({ range: essence(range), refused: /;\s*q=0(\.0*)?\s*(;|$)/i.test(range) }))
  return mediaTypes.some((mediaType) => {
    const [type] = essence(mediaType).split('/')
    // The most specific range decides.
    const match = [essence(mediaType), `${type}/*`, '*/*']
      .map((range) => ranges.find((candidate) => candidate.range === range))
      .find(Boolean)
    return match !== undefined && !match.refused
  })
}

/** Whether a request's media type is one of those that an operation takes; the description may use wildcards. */
export function isOneOf(mediaType: string, documented: readonly string[]): boolean {
  const [type] = essence(mediaType).split('/')
  return documented
    .map(essence)
    .some((candidate) => candidate === essence(mediaType) || candidate === `${type}/*` || candidate === '*/*')
}
