import { createHash } from 'node:crypto'
import { escape } from '../escape.ts'
import { filterStyle } from './filter.ts'

/** Formats a page in one file. Its policy allows no requests and no script but `script`. */
export function formatPage(title: string, body: string, script = ''): string {
  const policy = `default-src 'none'; img-src data:; style-src '${hash(style)}'; script-src ${script ? `'${hash(script)}'` : "'none'"}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>${script && `\n<script>${script}</script>`}
</body>
</html>
`
}

/** Formats a table that scrolls if it is wider than the page. */
export function formatTable(label: string, head: string[], rows: string[][]): string {
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escape(label)}">
<table>
<thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(([first, ...cells]) => `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody>
</table>
</div>`
}

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`

const style = `
:root { color-scheme: light dark; --good: light-dark(#0b6b3a, #6fdca0); --note: light-dark(#8a5300, #f0b860); --bad: light-dark(#a4161a, #ff9d9d); --quiet: light-dark(#5a5f66, #a3abb5); --line: light-dark(#d9dde2, #3a4048); --raised: light-dark(#f4f5f7, #23272d) }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: Canvas; color: CanvasText }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { margin: 0; font-size: 1.6rem; overflow-wrap: anywhere } h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem } h3 { font-size: 1rem; margin: 1rem 0 .25rem }
p { margin: .5rem 0; overflow-wrap: anywhere } ul { margin: .25rem 0; padding-left: 1.25rem } li { overflow-wrap: anywhere }
a { color: inherit } small, .quiet { color: var(--quiet) } .good { color: var(--good) } .note { color: var(--note) } .bad { color: var(--bad) }
code { overflow-wrap: anywhere }
.conclusion { font-size: 1.25rem; font-weight: 600 } .hint { padding: .4rem .75rem; border-left: .25rem solid var(--line) } .harm { font-weight: 600 } .conclusion a { white-space: nowrap }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0; padding: 0; border: 0 } .counts legend { padding: 0; font-size: .85rem; color: var(--quiet) } .counts b { font-variant-numeric: tabular-nums }
.counts label { display: flex; gap: .35rem; align-items: center; border: 1px solid var(--line); border-radius: .4rem; padding: .25rem .6rem; background: var(--raised); color: CanvasText; font-size: 1rem; cursor: pointer } .counts label:has(:checked) { border-color: CanvasText } .counts input { margin: 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1rem 0 } dt { color: var(--quiet) } dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
dl.evidence { grid-template-columns: 5.5rem 1fr; margin: .5rem 0; font-size: .9rem } dl.evidence pre { margin: 0 }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; position: sticky; top: 0; padding: .75rem 0; background: Canvas; border-bottom: 1px solid var(--line) }
label { display: grid; font-size: .85rem; color: var(--quiet) } input, select { font: inherit; max-width: 100%; padding: .25rem .4rem } output { padding: .3rem 0 }
h2, details { scroll-margin-top: 6rem } details { border-bottom: 1px solid var(--line); padding: .4rem 0 } summary { cursor: pointer; overflow-wrap: anywhere } details > div { padding: 0 0 .75rem 1.1rem }
summary b[class] { display: inline-block; min-width: 7.5rem }
.scroll { overflow-x: auto } table { border-collapse: collapse } th, td { text-align: left; vertical-align: top; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid var(--line) } thead th { color: var(--quiet); font-weight: 500 } tbody th { font-weight: 400 } td:has(code) { min-width: 14rem }
pre { margin: .25rem 0; max-height: 24rem; overflow: auto; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--raised); white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem }
table a { white-space: nowrap }
[hidden] { display: none !important }
@media (max-width: 40rem) { h2, details { scroll-margin-top: 0 } form { position: static } dl, dl.evidence { grid-template-columns: 1fr } dt { margin-top: .4rem } summary b[class] { min-width: 0; margin-right: .5rem } }
@media print { form, .counts { display: none } }
${filterStyle}`
