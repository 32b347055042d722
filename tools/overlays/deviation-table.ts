import type { Deviation } from '@livepeer-ai/openapi/gateways'

/** The deviations of every gateway as a table in Markdown. */
export function deviationTable(deviations: Deviation[]): string {
  return [
    '| Deviation | What a caller sees | What to do about it | Known from | Checks |',
    '| --- | --- | --- | --- | --- |',
    ...deviations.map(({ id, summary, frequency, cope, basis, evidence, checks }) =>
      row([
        `\`${id}\`${frequency === 'sometimes' ? ' (sometimes)' : ''}`,
        summary,
        cope,
        `${basis}: ${evidence.map(({ repository, issue, file, url }) => `[${issue ? `${name(repository)}#${issue}` : name(file ?? '')}](${url})`).join(', ')}`,
        checks.join(', '),
      ]),
    ),
    '',
  ].join('\n')
}

const row = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const name = (path: string) => path.slice(path.lastIndexOf('/') + 1)
