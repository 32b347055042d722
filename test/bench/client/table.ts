/** Formats figures by name as a Markdown table with significant decimals. */
export function table(corner: string, rows: Record<string, Record<string, number>>): string {
  const columns = Object.keys(Object.values(rows)[0] ?? {})
  const lines = Object.entries(rows).map(([name, row]) => [
    name,
    ...columns.map((column) => figure(row[column] ?? NaN)),
  ])
  return [[corner, ...columns], ['---', ...columns.map(() => '--:')], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

export function figure(value: number): string {
  if (Number.isNaN(value)) return ''
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(value < 10 ? 2 : 1)
}
