import type { OpenAPI } from '@livepeer-ai/openapi'

interface ServerVariable {
  default?: unknown
  enum?: unknown[]
}

/** Returns the paths of the description's servers, which are relative or have variables. */
export function listBasePaths({ servers = [] }: OpenAPI): string[] {
  const paths = servers.flatMap(({ url, variables = {} }) => expand(url, variables)).map(pathOf)
  return [...new Set(paths)].filter(Boolean)
}

/** Returns a URL with each value of its variables. Values beyond the first 100 are left out. */
function expand(url: string, variables: Record<string, ServerVariable>): string[] {
  let urls = [url]
  for (const [name, { default: preset, enum: others = [] }] of Object.entries(variables)) {
    const values = [...new Set([preset, ...others])].filter((value) => value !== undefined).map(String)
    urls = urls.flatMap((text) => values.map((value) => text.replaceAll(`{${name}}`, () => value))).slice(0, 100)
  }
  return urls.map((text) => text.replaceAll(/\{[^}]*\}/g, 'x'))
}

function pathOf(url: string): string {
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname.replace(/\/+$/, '') : ''
}
