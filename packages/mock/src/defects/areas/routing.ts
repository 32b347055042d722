import { after, before, has, replace } from '../changes.ts'
import type { Defect } from '../defect.ts'

export const routing: Defect[] = [
  {
    name: 'path-case-ignored',
    summary: 'A path in capital letters is served like the documented one.',
    checks: ['RT-04'],
    around: before((request) => replace(request, { url: changedPath(request, (path) => path.toLowerCase()) })),
  },
  {
    name: 'path-nul-500',
    summary: 'A path with an escaped NUL is answered 500.',
    checks: ['RT-04'],
    around: after(({ request }) => request.url.includes('%00'), crash),
  },
  {
    name: 'unknown-path-200',
    summary: 'A path that is not there is answered 200 with an empty object.',
    checks: ['RT-04'],
    around: after(has(404), () => Response.json({})),
  },
  {
    name: 'query-refused',
    summary: 'A query string is answered 400.',
    checks: ['RT-03'],
    around: after(
      ({ request }) => request.url.includes('?'),
      () => Response.json({ detail: { msg: 'No query.' } }, { status: 400 }),
    ),
  },
  {
    name: 'trailing-slash-301',
    summary: 'A trailing slash is redirected by a 301, which makes a GET of the POST.',
    checks: ['RT-02'],
    around: after(
      ({ request }) => /.\/$/.test(new URL(request.url).pathname),
      ({ request }) =>
        new Response(null, { status: 301, headers: { location: changedPath(request, (path) => path.slice(0, -1)) } }),
    ),
  },
  {
    name: 'description-500',
    summary: 'Asked for its own /openapi.json, it answers 500.',
    checks: ['RT-05'],
    around: after(({ request }) => request.url.endsWith('/openapi.json'), crash),
  },
]

function changedPath({ url }: Request, change: (path: string) => string): string {
  const changed = new URL(url)
  changed.pathname = change(changed.pathname)
  return String(changed)
}

function crash(): Response {
  return Response.json({ detail: { msg: 'Internal server error.' } }, { status: 500 })
}
