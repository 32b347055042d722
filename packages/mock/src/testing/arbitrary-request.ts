import { array, constantFrom, dictionary, oneof, record, tuple, type Arbitrary } from 'fast-check'

/** A request to one of the arbitrary descriptions. */
export interface ArbitraryRequest {
  method: string
  path: string
  query: [string, string][]
  headers: Record<string, string>
  body?: unknown
}

const text = constantFrom('', 'x', 'abc', '1', '1.5', 'true', 'ä', 'a b', '2020-01-01')
const json: Arbitrary<unknown> = oneof(
  constantFrom<unknown>({}, [], null, 'x', 1, true, { a: 'x' }, { a: 1, b: 'x' }, { id: 'abc', default: true }, [1, 2]),
  dictionary(constantFrom('a', 'b', 'id', 'value', 'example'), constantFrom<unknown>('x', 1, true, null, {}, []), {
    maxKeys: 3,
  }),
)

/** Returns each key as many times as its value. */
function weighted(counts: Record<string, number>): string[] {
  return Object.entries(counts).flatMap(([key, count]) => Array.from({ length: count }, () => key))
}

export const arbitraryRequest: Arbitrary<ArbitraryRequest> = record(
  {
    method: constantFrom(...weighted({ GET: 6, POST: 2, PUT: 2, DELETE: 1 })),
    path: constantFrom(...weighted({ '/things': 6, '/items/1': 2, '/items/a%20b': 2, '/broken': 1, '/none': 1 })),
    query: array(tuple(constantFrom('q', 'r', 'other'), text), { maxLength: 3 }),
    headers: record(
      {
        accept: constantFrom('*/*', 'application/json', 'text/plain, */*;q=0.1', 'application/vnd.a+json', 'image/png'),
        prefer: constantFrom('code=200', 'code=404', 'code=422, example=e1', 'example=e2', 'dynamic=true, seed=s'),
        'x-p': constantFrom('x', '1', 'true'),
        cookie: constantFrom('c=x', 'c=1', 'd=1'),
      },
      { requiredKeys: [] },
    ),
    body: json,
  },
  { requiredKeys: ['method', 'path', 'query', 'headers'] },
)
  // A GET has no body.
  .map(({ body, ...request }) => ({ ...request, ...(request.method !== 'GET' && body !== undefined && { body }) }))
