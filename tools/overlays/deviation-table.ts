import type { Deviation, GatewayProfile } from '@livepeer-ai/openapi/gateways'

/** A gateway and its known differences from the contract. */
export type DeviatingGateway = readonly [gateway: GatewayProfile, deviations: readonly Deviation[]]

/** Returns the deviations of every gateway as a Markdown document with one section per gateway. */
export function deviationDocument(gateways: readonly DeviatingGateway[], header: string): string {
  return [
    `<!-- ${header} -->`,
    '# Deviations of the gateways',
    'Every known difference between a gateway and the contract. Each row comes from the overlay of the gateway in ' +
      '`spec/gateways`. _Sometimes_ means that a state of the gateway decides as well as the request. A recording is ' +
      'named by its file in `spec/gateways/recordings` and the name of the exchange.',
    ...gateways.map(([{ name, title }, deviations]) => `## ${title} (\`${name}\`)\n\n${deviationTable(deviations)}`),
  ].join('\n\n')
}

function deviationTable(deviations: readonly Deviation[]): string {
  return [
    '<!-- oxfmt-ignore -->',
    '| Deviation | What a client sees | What to do about it | Known from | Checks |',
    '| --- | --- | --- | --- | --- |',
    ...deviations.map(({ id, summary, frequency, cope, basis, evidence, checks }) =>
      row([
        `\`${id}\`${frequency === 'sometimes' ? ' (sometimes)' : ''}`,
        summary,
        cope,
        `${basis}: ${evidence.map(link).join(', ')}`,
        checks.join(', '),
      ]),
    ),
    '',
  ].join('\n')
}

function link({ recording, repository = '', issue, file = '', url }: Deviation['evidence'][number]): string {
  if (recording !== undefined) return `recording ${code(recording)}`
  return `[${issue ? `${lastSegment(repository)}#${issue}` : lastSegment(file)}](${url})`
}

const code = (text: string) => `\`${text}\``

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const lastSegment = (path: string) => path.slice(path.lastIndexOf('/') + 1)
