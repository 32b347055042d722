import { changeResponse, changeStatus, hasStatus, isTranscript, refuse } from '../../change-response.ts'
import type { Defect } from '../../defect.ts'
import { audioOf } from '../../upload.ts'

/** The page of nginx. */
const proxyPage = '<html><head><title>413 Request Entity Too Large</title></head></html>'

export const limits: Defect[] = [
  {
    name: 'many-parts-500',
    summary: 'More than 50 parts are answered with 500.',
    checks: ['MP-29'],
    around: refuse(({ parts: all }) => all.length > 50, 500),
  },
  {
    name: 'large-part-header-500',
    summary: 'A part header of more than 8 KB is answered with 500.',
    checks: ['MP-29'],
    around: refuse(({ parts: all }) => all.some(({ head }) => head.length > 8192), 500),
  },
  {
    name: 'too-large-200',
    summary: 'A recording over the limit is answered with 200 and an empty transcript.',
    checks: ['MP-30'],
    around: changeResponse(hasStatus(413), () => Response.json({ text: '', chunks: [] })),
  },
  {
    name: 'too-large-400',
    summary: 'A recording over the limit is answered with 400.',
    checks: ['MP-30'],
    around: changeStatus(hasStatus(413), 400),
  },
  {
    name: 'too-large-500',
    summary: 'A recording over the limit is answered with 500.',
    checks: ['MP-30', 'ER-07'],
    around: changeStatus(hasStatus(413), 500),
  },
  {
    name: 'too-large-reset',
    summary: 'A recording over the limit resets the connection.',
    checks: ['MP-30', 'TR-03'],
    around: changeResponse(hasStatus(413), () => Response.error()),
  },
  {
    name: 'limit-off-by-one',
    summary: 'A recording of exactly the limit is answered with 413.',
    checks: ['MP-31'],
    around: refuse((upload, { site }) => (audioOf(upload)?.content.length ?? 0) >= site.maxBytes, 413),
  },
  {
    name: 'limit-halved',
    summary: 'A recording of more than half the limit is answered with 413.',
    checks: ['MP-31'],
    around: refuse((upload, { site }) => (audioOf(upload)?.content.length ?? 0) > site.maxBytes / 2, 413),
  },
  {
    name: 'proxy-limit',
    summary: 'A proxy answers a body of more than 1 MiB with 413 and an HTML page.',
    checks: ['MP-32'],
    around: changeResponse(
      (seen) => isTranscript(seen) && seen.upload.text.length > 2 ** 20,
      () => new Response(proxyPage, { status: 413, headers: { 'content-type': 'text/html' } }),
    ),
  },
]
