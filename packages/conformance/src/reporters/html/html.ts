import type { DriftSeverity } from '../../drift-class.ts'
import type { DriftFinding } from '../../drift-finding.ts'
import type { CheckResult, Report, ReportedExchange, ReportedFinding, Verdict } from '../../report.ts'
import { escape } from '../escape.ts'
import { sortBySeverity, verdictFacts } from '../verdict-facts.ts'
import { formatPage, formatTable } from './html-page.ts'

/**
 * Formats the report as one HTML file that loads nothing. Without a script the whole report is
 * readable; the script adds a filter.
 */
export function formatHtml(report: Report): string {
  const { target, conclusion, checks, drift, exchanges } = report
  const name = target.gatewayTitle ?? target.url
  const curls = new Map(exchanges.map(({ id, curl }) => [id, curl]))
  const areas = [...new Set(checks.map(({ area }) => area))]
  const body = [
    `<h1>${escape(name)}</h1>`,
    `<p class="conclusion ${conclusion.exitCode === 0 ? 'good' : 'bad'}">${escape(conclusion.text)} <small>exit code ${conclusion.exitCode}</small></p>`,
    formatCounts(report),
    formatFacts(report),
    formatWaivers(report),
    drift.length ? formatDrift(drift) : '',
    formatFilter(checks, areas),
    ...areas.map(
      (area) =>
        `<section data-checks>\n<h2>${escape(area)}</h2>\n${sortBySeverity(
          checks.filter((check) => check.area === area),
        )
          .map((check) => formatCheck(check, curls))
          .join('\n')}\n</section>`,
    ),
    exchanges.length ? `<h2>Exchanges</h2>\n${exchanges.map(formatExchange).join('\n')}` : '',
  ]
  return formatPage(`${name}: ${conclusion.text}`, body.filter(Boolean).join('\n'), script)
}

const verdictLabel = (verdict: Verdict) => `<b class="${verdictFacts[verdict].tone}">${verdict}</b>`

function formatCounts({ counts: numbers }: Report): string {
  const present = (Object.keys(verdictFacts) as Verdict[]).filter((verdict) => numbers[verdict])
  return `<ul class="counts" aria-label="Verdicts">${present
    .map(
      (verdict) =>
        `<li title="${verdictFacts[verdict].meaning}">${verdictLabel(verdict)} <b>${numbers[verdict]}</b></li>`,
    )
    .join('')}</ul>`
}

function formatFacts({ target, run, cost, contract, suite, contractLane }: Report): string {
  const rows: [string, string | undefined][] = [
    ['Base URL', target.url],
    ['Gateway', target.resembles?.hint],
    ['Contract', [contract.title, contract.version, contract.sha256.slice(0, 12)].filter(Boolean).join(' ')],
    [
      'Run',
      `profile ${run.profile}${run.shard ? `, shard ${run.shard.index} of ${run.shard.total}` : ''}, ${run.startedAt}, ${(run.ms / 1000).toFixed(1)} s${run.complete ? '' : ', incomplete'}`,
    ],
    [
      'Cost',
      `${cost.requests} requests, ${cost.audioSeconds} s of audio, ${cost.bytesSent} bytes sent, ${cost.usd} USD${cost.budget ? ` of ${cost.budget}` : ''}`,
    ],
    [
      'Contract lane',
      contractLane &&
        `${contractLane.verdict}: ${contractLane.pass} as documented, ${contractLane.fail} failed, ${contractLane.notProvoked} not provoked${contractLane.note ? `. ${contractLane.note}` : ''}`,
    ],
    ['Suite', `${suite.name} ${suite.version}, Node.js ${run.node}, run ${run.id}`],
  ]
  return `<dl>${rows.map(([term, value]) => (value ? `<dt>${term}</dt><dd>${escape(value)}</dd>` : '')).join('')}</dl>`
}

function formatWaivers({ waivers: { stale, expired } }: Report): string {
  const line = (label: string, ids: string[]) =>
    ids.length ? `<p class="note">${label}: ${ids.map((id) => `<code>${escape(id)}</code>`).join(', ')}</p>` : ''
  return line('Expired waivers', expired) + line('Waivers that are no longer needed', stale)
}

const severityTones: Record<DriftSeverity, string> = {
  critical: 'bad',
  breaking: 'bad',
  warning: 'note',
  additive: 'quiet',
  info: 'quiet',
}

function formatDrift(drift: DriftFinding[]): string {
  const rows = drift.map((finding) => [
    `<span class="${severityTones[finding.severity]}">${finding.severity}</span>${finding.known ? ' (known)' : ''}`,
    escape(finding.class),
    `${finding.status ? `${escape(finding.status)} ` : ''}<code>${escape(finding.pointer)}</code>`,
    `${escape(finding.message)}${finding.examples.map((example) => `<br><code>${escape(example)}</code>`).join('')}`,
    `${finding.severity === 'info' ? '' : `${escape(finding.verdict)}, `}seen in ${finding.seenIn.join(' and ')}`,
    escape(finding.firstSeen?.slice(0, 10) ?? 'this run'),
  ])
  return `<h2>Drift</h2>\n${formatTable('Drift', ['Severity', 'Class', 'Place', 'Difference', 'Verdict', 'Since'], rows)}`
}

function formatFilter(checks: CheckResult[], areas: string[]): string {
  const verdicts = (Object.keys(verdictFacts) as Verdict[]).filter((verdict) =>
    checks.some((check) => check.verdict === verdict),
  )
  const select = (name: string, label: string, options: string[]) =>
    `<label>${label}<select name="${name}"><option value="">any</option>${options.map((option) => `<option>${escape(option)}</option>`).join('')}</select></label>`
  return `<form id="filter" role="search" aria-label="Checks" hidden>
<label>Text<input type="search" name="text"></label>
${select('verdict', 'Verdict', verdicts)}
${select('level', 'Level', ['MUST', 'SHOULD', 'MAY'])}
${select('area', 'Area', areas)}
<output>${checks.length} checks</output>
</form>`
}

function formatCheck(check: CheckResult, curls: Map<string, string | undefined>): string {
  const { id, title, area, level, critical, source, verdict, findings, remediation, exchanges, ms } = check
  const tone = verdictFacts[verdict].tone
  return `<details data-verdict="${verdict}" data-level="${level}" data-area="${escape(area)}"${tone === 'bad' ? ' open' : ''}>
<summary>${verdictLabel(verdict)} ${escape(id)} ${escape(title)} <small>${level}${critical ? ', critical' : ''}</small></summary>
<div id="${escape(id)}">
${findings.length ? `<ul>${findings.map((finding) => formatFinding(finding, curls)).join('')}</ul>` : ''}
${verdict === 'PASS' ? '' : `<p><b>What to do:</b> ${escape(remediation)}</p>`}
<p><small>${escape(source)}. ${ms} ms.${exchanges.length ? ` Exchanges: ${exchanges.map(exchangeLink).join(', ')}` : ''}</small></p>
</div>
</details>`
}

const exchangeLink = (id: string) => `<a href="#x-${escape(id)}">${escape(id)}</a>`

function formatFinding(finding: ReportedFinding, curls: Map<string, string | undefined>): string {
  const { severity, message, fingerprint, exchange, driftClass, pointer, known, waiver } = finding
  const curl = exchange !== undefined && curls.get(exchange)
  const notes = [
    driftClass && escape(driftClass),
    pointer && `<code>${escape(pointer)}</code>`,
    exchange && `exchange ${exchangeLink(exchange)}`,
    known && `known: ${knownLink(known)}`,
    waiver && `waived by ${escape(waiver.owner)} until ${escape(waiver.expires)}: ${escape(waiver.reason)}`,
    `fingerprint ${escape(fingerprint.slice(0, 12))}`,
  ]
  return `<li>${severity}: ${escape(message)}<br><small>${notes.filter(Boolean).join(' · ')}</small>${curl ? `<pre tabindex="0" aria-label="Command to repeat the request">${escape(curl)}</pre>` : ''}</li>`
}

const knownLink = ({ id, url }: NonNullable<ReportedFinding['known']>) =>
  url && /^https?:/.test(url) ? `<a href="${escape(url)}" rel="noreferrer">${escape(id)}</a>` : escape(id)

function formatExchange(exchange: ReportedExchange): string {
  const { id, method, url, status, reason = '', failure, ms, responseHeaders = [], responseBody = '' } = exchange
  const { requestHeaders, requestBody, requestBytes, responseBytes, curl } = exchange
  const answer = status === undefined ? (failure ?? 'no response') : `${status} ${reason}`.trim()
  return `<details>
<summary>${escape(id)} ${escape(method)} ${escape(url)} <b>${escape(answer)}</b> <small>${ms} ms</small></summary>
<div id="x-${escape(id)}">
${curl ? wire('Command to repeat the request', curl) : ''}
${wire(`Request, ${requestBytes} bytes`, formatMessage(`${method} ${url}`, requestHeaders, requestBody))}
${status === undefined ? '' : wire(`Response, ${responseBytes ?? 0} bytes`, formatMessage(answer, responseHeaders, responseBody))}
${failure && status !== undefined ? `<p class="bad">${escape(failure)}</p>` : ''}
</div>
</details>`
}

const formatMessage = (line: string, headers: [string, string][], body: string) =>
  [line, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\n')

const wire = (label: string, text: string) =>
  `<h3>${escape(label)}</h3><pre tabindex="0" aria-label="${escape(label)}">${escape(text)}</pre>`

const script = `
const form = document.getElementById('filter')
const sections = [...document.querySelectorAll('[data-checks]')]
const filter = () => {
  const wanted = Object.fromEntries(new FormData(form))
  const text = wanted.text.toLowerCase()
  let shown = 0
  for (const section of sections) {
    for (const check of section.querySelectorAll('details')) {
      const { verdict, level, area } = check.dataset
      const fits = (!wanted.verdict || wanted.verdict === verdict) && (!wanted.level || wanted.level === level) && (!wanted.area || wanted.area === area) && check.textContent.toLowerCase().includes(text)
      check.hidden = !fits
      shown += fits
    }
    section.hidden = !section.querySelector('details:not([hidden])')
  }
  form.querySelector('output').textContent = shown + (shown === 1 ? ' check' : ' checks')
}
form.hidden = false
form.addEventListener('input', filter)
form.addEventListener('submit', (event) => event.preventDefault())
const reveal = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest('details')?.setAttribute('open', '')
addEventListener('hashchange', reveal)
reveal()
`
