import { runSuite } from '../../packages/conformance/src/run-suite.ts'
import { startMock } from '@livepeer-ai/mock'
const [gateway = 'go-livepeer', profile = 'full', ...states] = process.argv.slice(2)
const token = 'secret-token'
const mock = await startMock({ port: 0, token, gateway, states } as never)
try {
const r = await runSuite({ url: mock.url, token, profile: profile as any, gateway: process.env['G'] ?? gateway, lanes: ['catalogue', 'contract'], timeoutMs: 10000 })
for (const c of r.checks) if (!['PASS','SKIPPED','DISABLED','KNOWN', 'BLOCKED'].includes(c.verdict)) { console.log(c.verdict, c.id, c.title); for (const f of c.findings) if (!f.known && f.severity !== 'info') console.log('     ', f.message, (r.exchanges.find(e => e.id === f.exchange)?.responseBody ?? '').slice(0,150), JSON.stringify((r.exchanges.find(e => e.id === f.exchange)?.requestBody ?? '').slice(0,100))) }
console.log(r.target, JSON.stringify(r.cost), JSON.stringify(r.counts), r.conclusion, r.contractLane, r.run.ms)
console.log(r.deviations.filter(d => d.state !== 'known').map(d => d.state + ' ' + d.id))
} catch (e) { console.log(e) }
await mock.close()
