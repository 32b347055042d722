import type { Report } from '../report.ts'

/** Formats the whole report; its schema is `report.schema.json`. */
export function formatJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
