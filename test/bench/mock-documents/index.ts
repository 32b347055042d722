import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { install, installMock, mockCli } from '../mock/install.ts'
import { peers } from '../mock/peers.ts'
import { writeGoals, type Goals } from '../report/write-goals.ts'
import { readGitHub, writeMany, type Description } from './documents.ts'
import { listRequests } from './list-requests.ts'
import { measureDocument, type DocumentFigures, type DocumentRequests } from './measure-document.ts'

/** Measures other people's descriptions with the packed mock and with Prism, in one run. */
const [prism] = peers
if (!prism) throw new Error('Prism is missing among the peers')
const servers = [
  {
    name: 'this',
    folder: await installMock(),
    args: (file: string, port: number) => [mockCli, '--spec', file, '--port', String(port)],
  },
  { name: 'Prism', folder: await install('prism', prism.packages), args: prism.args },
]
const documents: Record<string, string> = { github: await readGitHub(), many: writeMany() }
const refused: Record<string, string> = { github: '/advisories?per_page=many', many: '/p7' }

const temporary = await mkdtemp(join(tmpdir(), 'bench-'))
const results: Record<string, Record<string, DocumentFigures>> = {}
for (const [name, text] of Object.entries(documents)) {
  const file = join(temporary, `${name}.json`)
  await writeFile(file, text)
  const [first = '/', meanwhile = '/', ...valid] = listRequests(JSON.parse(text) as Description, 52)
  const requests: DocumentRequests = { first, meanwhile, refused: refused[name] ?? '/', valid }
  for (const [index, { name: server, folder, args }] of servers.entries()) {
    const port = 4700 + index
    const figures = await measureDocument(folder, args(file, port), port, requests)
    results[name] = { ...results[name], [server]: figures }
    console.log(`${name}, ${server}: ${JSON.stringify(figures)}`)
  }
}
await rm(temporary, { recursive: true })

const { github, many } = results
const goals: Goals = [
  ['GitHub: first answer after the start, s', github?.['this']?.firstAnswer ?? NaN, 2.5],
  ['… as a share of Prism', (github?.['this']?.firstAnswer ?? NaN) / (github?.['Prism']?.firstAnswer ?? NaN), 0.15],
  ['GitHub: first 404, s', github?.['this']?.first404 ?? NaN, 0.3],
  ['GitHub: valid request meanwhile, s', github?.['this']?.meanwhile ?? NaN, 0.3],
  ['GitHub: longest wait of a request that was answered before, s', github?.['this']?.longestWait ?? NaN, 0.2],
  ['GitHub: peak memory, MB', github?.['this']?.peakMegabytes ?? NaN, 350],
  ['400 operations: first refusal, s', many?.['this']?.firstRefusal ?? NaN, 0.3],
]
await writeGoals('mock-documents', goals, results)
