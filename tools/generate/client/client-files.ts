import { findOperationObject, listOperations, resolveReference, type OpenAPI } from '@livepeer-ai/openapi'
import { moreFields } from './audio-to-text-fields.ts'

const header = 'Generated from spec/ by `npm run generate`. Do not edit: change spec/ or tools/ instead.'

/** Returns modules that choose the smallest implementation which the description allows. */
export function clientFiles(description: OpenAPI): Map<string, string> {
  const choice = hasUrlParameters(description) ? 'withParameters' : 'withoutParameters'
  return new Map([
    ['README.md', `# Generated\n\n${header}\n`],
    ['to-path.ts', `// ${header}\n\nexport { ${choice} as toPath } from '../call/to-path.ts'\n`],
    ['more-fields.ts', `// ${header}\n\n${moreFields(description)}`],
  ])
}

/** Returns true if any operation has a path or query parameter. */
function hasUrlParameters(description: OpenAPI): boolean {
  return listOperations(description).some(({ method, path }) => {
    const item = resolveReference(description, description.paths?.[path] ?? {})
    const { parameters = [] } = findOperationObject(description, { method, path }) ?? {}
    return [...(item.parameters ?? []), ...parameters].some((parameter) =>
      ['path', 'query'].includes(resolveReference(description, parameter as { in: string }).in),
    )
  })
}
