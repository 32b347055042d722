import { escape } from '../escape.ts'
import { labels } from '../outline/label.ts'
import type { Section, Total } from '../outline/outline.ts'

/** Formats the counts as checkboxes. Style sheet rules hide the entries of the others. */
export const formatTotals = (totals: readonly Total[]): string =>
  `<fieldset class="counts"><legend>Show only</legend>${totals.map(formatTotal).join('')}</fieldset>`

const formatTotal = ({ label, count, tone, meaning }: Total): string =>
  `<label title="${escape(meaning)}"><input type="checkbox" id="show-${label}"><b>${count}</b> <b class="${tone}">${label}</b></label>`

/** Hides the entries and sections without a checked label. Needs no script. */
export const filterStyle: string = `
main:has(.counts :checked) [data-label] { display: none }
${labels.map((label) => `main:has(#show-${label}:checked) [data-label~=${label}]`).join(',\n')} { display: revert }
`

/** Formats the filter by text, level and area, which needs the script. */
export function formatFilter(sections: readonly Section[]): string {
  const entries = sections.flatMap((section) => section.entries)
  const areas = [...new Set(entries.map(({ area }) => area).filter((area) => area !== undefined))]
  const select = (name: string, label: string, options: string[]) =>
    `<label>${label}<select name="${name}"><option value="">any</option>${options.map((option) => `<option>${escape(option)}</option>`).join('')}</select></label>`
  return `<form id="filter" role="search" aria-label="Entries" hidden>
<label>Text<input type="search" name="text"></label>
${select('level', 'Level', ['MUST', 'SHOULD', 'MAY'])}
${select('area', 'Area', areas.toSorted())}
<output>${entries.length} entries</output>
</form>`
}

/** Filters by text, level and area, and opens the entry that a link leads to. */
export const filterScript: string = `
const form = document.getElementById('filter')
const boxes = [...document.querySelectorAll('.counts input')]
const sections = [...document.querySelectorAll('section[data-label]')]
const entries = [...document.querySelectorAll('details[data-label]')]
const filter = () => {
  const wanted = Object.fromEntries(new FormData(form))
  const text = wanted.text.toLowerCase()
  for (const section of sections) section.hidden = false
  for (const entry of entries) {
    const { level, area } = entry.dataset
    entry.hidden = !((!wanted.level || wanted.level === level) && (!wanted.area || wanted.area === area) && entry.textContent.toLowerCase().includes(text))
  }
  const shown = entries.filter((entry) => entry.checkVisibility()).length
  for (const section of sections) section.hidden = ![...section.querySelectorAll('details')].some((entry) => entry.checkVisibility())
  form.querySelector('output').textContent = shown + (shown === 1 ? ' entry' : ' entries')
}
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target) return
  if (!target.checkVisibility()) {
    for (const box of boxes) box.checked = false
    form.reset()
    filter()
  }
  if (target.matches('details')) target.open = true
  target.scrollIntoView()
}
form.hidden = false
form.addEventListener('input', filter)
form.addEventListener('submit', (event) => event.preventDefault())
for (const box of boxes) box.addEventListener('change', filter)
addEventListener('hashchange', reveal)
filter()
reveal()
`
