/** A page of the documentation, which loads nothing. */
export function docsPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escape(title)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem }
  main { overflow-x: auto }
  table { border-collapse: collapse; font-size: 14px }
  th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8884 }
  td:first-child { white-space: nowrap }
  svg text { font: 13px system-ui, sans-serif; fill: currentColor }
</style>
<main>
<h1>${escape(title)}</h1>
${body}
</main>
</html>
`
}

/** Text as HTML, with what is between backquotes as code. */
export function prose(text: string): string {
  return escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')
}

/** Rows of cells in HTML. */
export function htmlTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return `<table>\n<thead>${line('th', heads)}</thead>\n<tbody>\n${rows.map((cells) => line('td', cells)).join('\n')}\n</tbody>\n</table>`
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
