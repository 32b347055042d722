import { changeRequest, replace } from '../change-request.ts'
import { changeResponse, hasStatus } from '../change-response.ts'
import type { Defect } from '../defect.ts'

export const routing: Defect[] = [
  {
    name: 'path-case-ignored',
    summary: 'The path is matched without regard to case.',
    checks: ['RT-04'],
    around: changeRequest((request) => replace(request, { url: changePath(request, (path) => path.toLowerCase()) })),
  },
  {
    name: 'path-nul-500',
    summary: 'A path with an escaped NUL is answered with 500.',
    checks: ['RT-04'],
    around: changeResponse(({ request }) => request.url.includes('%00'), internalError),
  },
  {
    name: 'unknown-path-200',
    summary: 'An unknown path is answered with 200 and an empty object.',
    checks: ['RT-04'],
    around: changeResponse(hasStatus(404), () => Response.json({})),
  },
  {
    name: 'query-refused',
    summary: 'A query string is answered with 400.',
    checks: ['RT-03'],
    around: changeResponse(
      ({ request }) => request.url.includes('?'),
      () => Response.json({ detail: { msg: 'No query.' } }, { status: 400 }),
    ),
  },
  {
    name: 'trailing-slash-301',
    summary: 'A trailing slash is redirected with 301, which turns the POST into a GET.',
    checks: ['RT-02'],
    around: changeResponse(
      ({ request }) => /.\/$/.test(new URL(request.url).pathname),
      ({ request }) =>
        new Response(null, { status: 301, headers: { location: changePath(request, (path) => path.slice(0, -1)) } }),
    ),
  },
  {
    name: 'description-500',
    summary: 'A request for /openapi.json is answered with 500.',
    checks: ['RT-05'],
    around: changeResponse(({ request }) => request.url.endsWith('/openapi.json'), internalError),
  },
]

function changePath({ url }: Request, change: (path: string) => string): string {
  const changed = new URL(url)
  changed.pathname = change(changed.pathname)
  return String(changed)
}

function internalError(): Response {
  return Response.json({ detail: { msg: 'Internal server error.' } }, { status: 500 })
}
