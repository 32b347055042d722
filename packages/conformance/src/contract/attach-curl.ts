import { attachFiles } from '../attached-files.ts'
import { toCurl } from '../wire/to-curl.ts'
import type { LanePlan } from './plan-scenario.ts'
import type { LaneResult } from './report/lane-report.ts'

/** Adds to a failed result the command that sends its request again. */
export function attachCurl(result: LaneResult, { transaction }: LanePlan): void {
  const { outcome, request, method, status, scenario = '' } = result
  if (outcome !== 'fail' || !request) return
  const { body } = transaction.request
  const curl = toCurl({
    plan: { body: body.length ? { bytes: body } : undefined, seconds: 0 },
    id: `${status}-${scenario.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    method,
    url: request.url,
    headers: Object.entries(request.headers),
    body,
  })
  if (!curl) return
  request.curl = curl.command
  attachFiles(request, curl.files)
}
