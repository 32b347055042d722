import type { ContractReport, ContractResult, Outcome } from '../contract-report.ts'

/** The report as one HTML file that needs nothing else: no script, no network. */
export function html(report: ContractReport): string {
  const { title, url, startedAt, ms, versions, ok, counts, statuses, results } = report
  const total = results.length
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Contract run: ${ok ? 'as documented' : 'not as documented'}</title>
<style>${style}</style>
<main>
<h1>${escape(title)}</h1>
<p class="verdict ${ok ? 'pass' : 'fail'}">${ok ? 'Every response that could be provoked is as documented.' : `${counts.fail + counts.uncovered} of ${total} are not as documented.`}</p>
<p>${escape(url)} · ${escape(startedAt)} · ${(ms / 1000).toFixed(1)} s · ${Object.entries(versions)
    .map(([name, version]) => escape(`${name} ${version}`))
    .join(', ')}</p>
<h2>By status</h2>
<div class="scroll" tabindex="0" role="region" aria-label="By status">
<table>
<thead><tr><th scope="col">Operation and status</th>${outcomes.map(([, label]) => `<th scope="col">${label}</th>`).join('')}</tr></thead>
<tbody>
${Object.entries(statuses)
  .map(
    ([name, row]) =>
      `<tr><th scope="row">${escape(name)}</th>${outcomes.map(([outcome]) => `<td class="${row[outcome] ? outcome : 'none'}">${row[outcome]}</td>`).join('')}</tr>`,
  )
  .join('\n')}
</tbody>
</table>
</div>
<h2>Requests</h2>
${results.map(section).join('\n')}
</main>
</html>
`
}

const outcomes: [Outcome, string][] = [
  ['pass', 'as documented'],
  ['fail', 'not as documented'],
  ['uncovered', 'no scenario'],
  ['not-provoked', 'not provoked'],
]
const labels = Object.fromEntries(outcomes) as Record<Outcome, string>

function section({
  operationId,
  method,
  path,
  status,
  scenario = '(none)',
  outcome,
  problems,
  note,
  request,
  response,
  ms,
}: ContractResult): string {
  return `<details${problems.length ? ' open' : ''}>
<summary><span class="${outcome}">${labels[outcome]}</span> <b>${status}</b> ${escape(scenario)} <small>${escape(`${operationId}, ${method} ${path}`)}${ms ? `, ${ms} ms` : ''}</small></summary>
${problems.length ? `<ul>${problems.map(({ judges, part, pointer, message }) => `<li><code>${escape(pointer || part)}</code> ${escape(message)} <small>${judges.join(', ')}</small></li>`).join('')}</ul>` : ''}
${note ? `<p>${escape(note)}</p>` : ''}
${request ? wire('Request', `${method} ${request.url}`, request.headers, `(${request.bytes} bytes)`) : ''}
${response ? wire('Response', String(response.status), response.headers, response.body) : ''}
</details>`
}

function wire(name: string, line: string, headers: Record<string, string>, body: string): string {
  const text = [line, ...Object.entries(headers).map(([header, value]) => `${header}: ${value}`), '', body].join('\n')
  return `<h3>${name}</h3><pre tabindex="0">${escape(text)}</pre>`
}

const style = `
:root { color-scheme: light dark; --good: light-dark(#0b6b3a, #6fdca0); --bad: light-dark(#a4161a, #ff9d9d); --dim: light-dark(#5a5f66, #a3abb5); --line: light-dark(#d9dde2, #3a4048) }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem }
h1 { margin: 0 } h2 { margin-top: 2rem } h3 { font-size: 1rem; margin: .5rem 0 }
table { border-collapse: collapse } th, td { text-align: left; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid var(--line) } td { font-variant-numeric: tabular-nums }
.scroll { overflow-x: auto }
.verdict { font-size: 1.25rem; font-weight: 600 }
.pass { color: var(--good) } .fail, .uncovered { color: var(--bad) } .not-provoked, .none, small { color: var(--dim) }
summary .pass, summary .fail, summary .uncovered, summary .not-provoked { display: inline-block; min-width: 10rem; font-weight: 600 }
details { border-bottom: 1px solid var(--line); padding: .4rem 0 } summary { cursor: pointer }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .4rem; white-space: pre-wrap; overflow-wrap: anywhere }
`

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replaceAll(/[&<>"]/g, (character) => entities[character]!)
}
