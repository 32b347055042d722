import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { install } from '../mock/install.ts'

/** The members of a description that the benchmark reads. */
export interface Description {
  paths: Record<string, Record<string, unknown>>
  components?: Record<string, Record<string, unknown>>
}

/** GitHub's description: 13 MB of JSON. */
export async function readGitHub(): Promise<string> {
  const folder = await install('octokit', { '@octokit/openapi': '23.0.2' })
  return readFile(join(folder, 'node_modules/@octokit/openapi/generated/api.github.com.json'), 'utf8')
}

/** A description with 400 operations that have five error schemas each. */
export function writeMany(): string {
  const text = { type: 'string' }
  const error = (index: number, status: number) => ({
    description: 'error',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['code', 'reason'],
          properties: {
            code: { type: 'integer', minimum: index },
            reason: { type: 'string', pattern: `^r${index}-${status}` },
            details: { type: 'array', items: { type: 'object', properties: { field: text, hint: text } } },
          },
        },
      },
    },
  })
  const paths = Array.from({ length: 400 }, (_, index) => [
    `/p${index}`,
    {
      get: {
        parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'integer' }, example: 1 }],
        responses: {
          200: { description: 'ok', content: { 'application/json': { example: { ok: true } } } },
          ...Object.fromEntries([400, 401, 404, 422, 500].map((status) => [status, error(index, status)])),
        },
      },
    },
  ])
  return JSON.stringify({ openapi: '3.0.3', info: { title: 'many', version: '1' }, paths: Object.fromEntries(paths) })
}
