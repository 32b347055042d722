import { escape } from '../escape.ts'
import type { Entry, Evidence, OutlinedFinding } from '../outline/outline.ts'

/** Formats an entry that can be folded. */
export function formatEntry(entry: Entry, isOpen: boolean): string {
  const { id, label, tone, name, title, scope = '', area = '', harm, findings, advice, about, url, exchanges } = entry
  const small = scope && ` <small>${escape(scope)}</small>`
  const parts = [
    harm !== undefined && `<p class="harm">${escape(harm)}</p>`,
    findings.length > 0 && `<ul>${findings.map(formatFinding).join('')}</ul>`,
    advice && `<p><b>${escape(advice.label)}:</b> ${formatProse(advice.text)}</p>`,
    about && `<p><small>${escape(about)}</small></p>`,
    url !== undefined && /^https?:/.test(url) && `<p><a href="${escape(url)}" rel="noreferrer">${escape(url)}</a></p>`,
    exchanges.length > 0 && `<p><small>Exchanges: ${exchanges.map(linkExchange).join(', ')}</small></p>`,
  ]
  return `<details id="${escape(id)}" data-label="${label}" data-level="${escape(scope.split(',')[0] ?? '')}" data-area="${escape(area)}"${isOpen ? ' open' : ''}>
<summary><b class="${tone}">${label}</b> ${escape(name)} ${formatProse(title)}${small}</summary>
<div>${parts.filter(Boolean).join('\n')}</div>
</details>`
}

/** Escapes text. Words between backticks are code. */
const formatProse = (text: string): string => escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

const linkExchange = (id: string): string => `<a href="#x-${escape(id)}">${escape(id)}</a>`

function formatFinding({ message, notes, evidence, sameAs }: OutlinedFinding): string {
  const same =
    sameAs === undefined ? '' : `<br>The same request as in <a href="#${escape(sameAs)}">${escape(sameAs)}</a>.`
  const small = notes.length ? `<br><small>${notes.map(escape).join(' · ')}</small>` : ''
  return `<li>${formatProse(message)}${small}${same}${evidence ? formatEvidence(evidence) : ''}</li>`
}

function formatEvidence({ exchange, request, answer, headers, body, command }: Evidence): string {
  const answered = [answer, ...headers, ...(body ? ['', body] : [])].join('\n')
  const rows = [
    ['Request', formatPre('Request', request)],
    [`Answer<br><small><a href="#x-${escape(exchange)}">in full</a></small>`, formatPre('Answer', answered)],
    ['Repeat it', command === undefined ? '' : formatPre('Command to repeat the request', command)],
  ]
  return `<dl class="evidence">${rows.map(([term, value]) => (value ? `<dt>${term}</dt><dd>${value}</dd>` : '')).join('')}</dl>`
}

/** Formats a text that scrolls, with a name for screen readers. */
export const formatPre = (name: string, content: string): string =>
  `<pre tabindex="0" aria-label="${escape(name)}">${escape(content)}</pre>`
