import { UsageError } from '@livepeer-ai/openapi/command-line'
import { runSuite } from '../run/run-suite.ts'
import { apiOptions, type Command } from './input/command.ts'
import { toSuiteOptions, textOf, urlOf } from './input/options.ts'
import { printReport } from './output/print-report.ts'

export const replay: Command = {
  synopsis: 'ID --url URL [options]',
  summary: 'run one check and show its requests and responses',
  options: ['url', 'token', 'gateway', 'unsafe', 'open', 'timeout', 'max-bytes', ...apiOptions],
  async run(values, [id]) {
    if (!id) throw new UsageError('Name a check. The command list shows all checks.')
    const options = await toSuiteOptions({ ...values, only: id }, urlOf(textOf(values, 'url')))
    const report = await runSuite({
      ...options,
      gateway: options.gateway ?? 'none',
      concurrency: 1,
      lanes: ['catalogue'],
    })
    for (const exchange of report.exchanges.filter((one) =>
      report.checks.some(({ exchanges }) => exchanges.includes(one.id)),
    )) {
      const {
        method,
        url,
        requestHeaders,
        requestBody,
        status,
        reason,
        responseHeaders = [],
        responseBody = '',
        failure,
        ms,
      } = exchange
      console.log(`> ${method} ${url}`)
      for (const [name, value] of requestHeaders) console.log(`> ${name}: ${value}`)
      console.log(requestBody.replaceAll(/^/gm, '> '))
      if (status !== undefined) console.log(`< ${status} ${reason ?? ''}  (${ms} ms)`)
      for (const [name, value] of responseHeaders) console.log(`< ${name}: ${value}`)
      console.log(responseBody.replaceAll(/^/gm, '< '))
      if (failure) console.log(`! ${failure}`)
      console.log()
    }
    printReport(report, null)
    return report.conclusion.exitCode
  },
}
