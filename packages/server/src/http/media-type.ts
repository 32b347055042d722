/** Returns a media type in lower case and without its parameters. */
export function essence(mediaType: string): string {
  const end = mediaType.indexOf(';')
  return (end < 0 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase()
}

export function isJson(mediaType: string): boolean {
  return /^application\/(.+\+)?json$/.test(essence(mediaType))
}

/** Returns true if an Accept header (RFC 9110, 12.5.1) allows one of the media types. */
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

/** Returns true if a media type is one of the documented ones, which may contain wildcards. */
export function isOneOf(mediaType: string, documented: readonly string[]): boolean {
  const type = essence(mediaType)
  const range = `${type.split('/')[0]}/*`
  return documented.map(essence).some((candidate) => [type, range, '*/*'].includes(candidate))
}

/** Returns the entry of a `content` map for a media type. An exact one wins over a range. */
export function findContent<T>(content: Readonly<Record<string, T>>, mediaType: string): T | undefined {
  const [type] = essence(mediaType).split('/')
  const entries = Object.entries(content)
  return [essence(mediaType), `${type}/*`, '*/*']
    .map((range) => entries.find(([documented]) => essence(documented) === range)?.[1])
    .find((entry) => entry !== undefined)
}
