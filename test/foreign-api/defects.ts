import { isObject } from '@livepeer-ai/openapi'
import type { Reply } from './call.ts'

/** An error planted in the API. */
export interface Defect {
  /** The operation and what is wrong there. */
  id: string
  /** The areas of checks that it is about. */
  areas: readonly string[]
  /** The operationId. */
  operation: string
  /** The rule that the server does not check. */
  skips?: string
  /** The name of an error in the handler. */
  flag?: string
  /** Changes a reply of the operation. */
  answer?: (reply: Reply, request: { method: string }) => Reply
  /** Changes a reply to a method that the path does not have. */
  otherMethods?: (reply: Reply, method: string) => Reply
}

type Change = NonNullable<Defect['answer']>

const unchecked = (operation: string, areas: string[], ...rules: string[]): Defect[] =>
  rules.map((rule) => ({ id: `${operation}: does not check ${rule}`, areas, operation, skips: rule }))

const flag = (operation: string, areas: string[], ...flags: string[]): Defect[] =>
  flags.map((name) => ({ id: `${operation}: ${name}`, areas, operation, flag: name }))

const answer = (operation: string, areas: string[], what: string, change: Change): Defect[] => [
  { id: `${operation}: ${what}`, areas, operation, answer: change },
]

const omit = (body: object, name: string): object =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))

/** Changes the body of a success. */
const onSuccess =
  (change: (body: Record<string, unknown>) => unknown): Change =>
  (reply) =>
    reply.status < 300 && isObject(reply.body) ? { ...reply, body: change({ ...reply.body }) } : reply

const onStatus =
  (status: number, change: (reply: Reply) => Reply): Change =>
  (reply) =>
    reply.status === status ? change(reply) : reply

const without =
  (name: string): Change =>
  (reply) => {
    const headers = Object.entries(reply.headers ?? {}).filter(([key]) => key !== name)
    return { ...reply, headers: Object.fromEntries(headers) }
  }

const addHeader =
  (name: string, value: string): Change =>
  (reply) => ({ ...reply, headers: { ...reply.headers, [name]: value } })

const cut = (text: unknown): unknown => (typeof text === 'string' ? text.slice(0, 50) : text)

const html = (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/html' } })
const response = ['response']
const errors = ['errors', 'response']
const secured = [
  'listBookings',
  'createBooking',
  'getBooking',
  'deleteBooking',
  'cancelBooking',
  'listFiles',
  'search',
  'createGuest',
  'getReport',
  'downloadFile',
]
const items = ['getRoom', 'getBooking', 'replaceBooking', 'deleteBooking', 'getFile', 'getGuest']
const body = ['json']
const parameters = ['parameters']

export const defects: readonly Defect[] = [
  ...secured.flatMap((operation) => unchecked(operation, ['auth'], 'credentials')),
  ...['listBookings', 'getReport', 'search', 'listFiles'].flatMap((operation) =>
    unchecked(operation, ['auth'], 'unknown', 'prefix'),
  ),
  ...['getBooking', 'getReport'].flatMap((operation) =>
    answer(
      operation,
      ['auth', 'response'],
      'no challenge',
      onStatus(401, (reply) => without('www-authenticate')(reply, { method: '' })),
    ),
  ),
  ...answer(
    'createGuest',
    ['auth', 'errors'],
    '403 instead of 401',
    onStatus(401, (reply) => ({ ...reply, status: 403 })),
  ),
  ...unchecked(
    'listRooms',
    parameters,
    'query.limit maximum',
    'query.limit minimum',
    'query.limit type',
    'query.offset minimum',
    'query.kind enum',
    'query.sort enum',
  ),
  ...unchecked(
    'listBookings',
    parameters,
    'query.limit maximum',
    'query.limit type',
    'query.status enum',
    'query.from format',
  ),
  ...unchecked('listFiles', parameters, 'query.page minimum', 'query.per_page maximum', 'query.per_page type'),
  ...unchecked(
    'search',
    parameters,
    'query.q required',
    'query.q minLength',
    'query.q maxLength',
    'query.types/* enum',
  ),
  ...unchecked('getReport', parameters, 'query.day required', 'query.day format', 'query.format enum'),
  ...unchecked(
    'createBooking',
    body,
    ...['roomId', 'guest', 'email', 'checkIn', 'checkOut', 'guests'].map((name) => `body/${name} required`),
  ),
  ...unchecked(
    'createBooking',
    body,
    'body/guests maximum',
    'body/guests minimum',
    'body/roomId maximum',
    'body/guest minLength',
    'body/guest maxLength',
    'body/email format',
    'body/checkIn format',
    'body/phone pattern',
    'body/notes maxLength',
    'body/extras uniqueItems',
    'body/extras/* enum',
    'body additionalProperties',
    'body/guest type',
    'body/guests type',
    'body/guest null',
    'body/checkIn null',
    'body/roomId type',
  ),
  ...unchecked(
    'replaceBooking',
    body,
    'body/guests maximum',
    'body/guest required',
    'body/guest type',
    'body/email format',
    'body additionalProperties',
  ),
  ...unchecked(
    'updateBooking',
    body,
    'body/guests maximum',
    'body/notes maxLength',
    'body/guests type',
    'body minProperties',
  ),
  ...unchecked(
    'createGuest',
    body,
    'body/password required',
    'body/password minLength',
    'body/email format',
    'body/birthday format',
    'body/address/city required',
    'body/address/zip pattern',
    'body/name maxLength',
  ),
  ...unchecked('createBooking', ['body', 'json', 'errors'], 'media type', 'malformed', 'no body'),
  ...unchecked('updateBooking', ['body'], 'media type'),
  ...unchecked(
    'uploadFile',
    ['body'],
    'body/file required',
    'body/title required',
    'file type',
    'media type',
    'body/title maxLength',
  ),
  ...flag(
    'listRooms',
    ['paging'],
    'ignores-kind',
    'ignores-sort',
    'always-ascending',
    'ignores-limit',
    'ignores-offset',
    'total-of-page',
    'wrong-limit',
  ),
  ...flag(
    'listBookings',
    ['paging'],
    'ignores-limit',
    'ignores-cursor',
    'ignores-status',
    'ignores-from',
    'always-next',
    'skips-one',
  ),
  ...flag('listFiles', ['paging', 'state'], 'ignores-limit', 'pages-from-zero'),
  ...flag('search', ['paging'], 'ignores-q'),
  ...flag(
    'createBooking',
    ['state', 'json'],
    'stores-nothing',
    'loses-notes',
    'swaps-dates',
    'same-id',
    'wrong-location',
    'shares-body',
  ),
  ...flag('createGuest', ['state', 'json'], 'copies-id'),
  ...flag('getBooking', ['state'], 'answers-last', 'counts-views'),
  ...flag('getBooking', ['conditional', 'state'], 'ignores-if-none-match', 'always-304', 'frozen-etag'),
  ...flag('getRoom', ['conditional'], 'ignores-if-none-match'),
  ...flag('replaceBooking', ['state', 'conditional'], 'forgets-change', 'ignores-if-match', 'merges'),
  ...flag('cancelBooking', ['state'], 'cancels-twice'),
  ...answer('downloadFile', response, 'a page in place of the file', (reply) => ({
    ...reply,
    body: reply.status === 200 ? Buffer.from('<html>Sorry</html>') : reply.body,
  })),
  ...flag('updateBooking', ['state'], 'forgets-change', 'clears-others'),
  ...flag('deleteBooking', ['state', 'errors'], 'keeps-deleted', 'deletes-nothing-again'),
  ...flag('uploadFile', ['state'], 'corrupts-files'),
  ...flag('deleteFile', ['state'], 'keeps-deleted'),
  ...flag('downloadFile', ['conditional'], 'ignores-range', 'short-range'),
  ...flag('createGuest', response, 'shows-password', 'shows-hash'),
  ...items.flatMap((operation) =>
    answer(
      operation,
      ['item', 'errors'],
      '400 instead of 404',
      onStatus(404, (reply) => ({ ...reply, status: 410 - 1 })),
    ),
  ),
  ...answer(
    'getBooking',
    errors,
    'a stack trace for 404',
    onStatus(404, (reply) => ({
      ...reply,
      body: { title: 'Error', status: 404, detail: 'Error: no booking\n    at find (/srv/app/bookings.js:12:7)' },
    })),
  ),
  ...answer(
    'listRooms',
    errors,
    'another error envelope',
    onStatus(400, (reply) => ({ ...reply, body: { error: 'invalid' } })),
  ),
  ...answer('createBooking', errors, 'HTML for 400', onStatus(400, html)),
  ...answer(
    'createBooking',
    errors,
    '422 instead of 400',
    onStatus(400, (reply) => ({ ...reply, status: 422 })),
  ),
  ...answer(
    'createBooking',
    ['negotiation', 'errors', 'response'],
    '200 instead of 201',
    onStatus(201, (reply) => ({ ...reply, status: 200 })),
  ),
  ...answer(
    'deleteBooking',
    ['negotiation', 'errors', 'state', 'response'],
    '200 instead of 204',
    onStatus(204, () => ({ status: 200, body: {} })),
  ),
  ...answer(
    'createBooking',
    response,
    'no Location',
    onStatus(201, (reply) => without('location')(reply, { method: '' })),
  ),
  ...answer('getBooking', ['response', 'conditional'], 'no ETag', without('etag')),
  ...answer('listFiles', response, 'no X-Total-Count', without('x-total-count')),
  ...answer(
    'listFiles',
    response,
    'a text as X-Total-Count',
    onStatus(200, (reply) => ({ ...reply, headers: { 'x-total-count': 'many' } })),
  ),
  ...['getRoom', 'getBooking', 'getFile', 'getGuest', 'getReport'].flatMap((operation) =>
    answer(
      operation,
      ['negotiation', 'errors', 'response'],
      'text/plain',
      onStatus(200, (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } })),
    ),
  ),
  ...['id', 'status', 'createdAt', 'guest'].flatMap((name) =>
    answer(
      'getBooking',
      ['response', 'state'],
      `no ${name}`,
      onSuccess((one) => omit(one, name)),
    ),
  ),
  ...answer(
    'getBooking',
    response,
    'guests as a text',
    onSuccess((one) => ({ ...one, guests: String(one['guests']) })),
  ),
  ...answer(
    'getBooking',
    response,
    'guest is null',
    onSuccess((one) => ({ ...one, guest: null })),
  ),
  ...answer(
    'getBooking',
    response,
    'createdAt as a number',
    onSuccess((one) => ({ ...one, createdAt: 12 })),
  ),
  ...answer(
    'getBooking',
    response,
    'createdAt in another format',
    onSuccess((one) => ({ ...one, createdAt: '12.5.2031' })),
  ),
  ...answer(
    'getBooking',
    response,
    'an unknown status',
    onSuccess((one) => ({ ...one, status: 'open' })),
  ),
  ...answer(
    'listRooms',
    ['response', 'paging'],
    'total as a text',
    onSuccess((one) => ({ ...one, total: '3' })),
  ),
  ...answer(
    'listRooms',
    response,
    'items is null',
    onSuccess((one) => ({ ...one, items: null })),
  ),
  ...answer(
    'getRoom',
    response,
    'a negative price',
    onSuccess((one) => ({ ...one, price: -1 })),
  ),
  ...answer(
    'getGuest',
    response,
    'id is not a UUID',
    onSuccess((one) => ({ ...one, id: 7 })),
  ),
  ...answer('health', ['negotiation', 'errors'], '500', () => ({ status: 500, body: { title: 'Error', status: 500 } })),
  ...answer('getFile', ['conditional'], 'HEAD gets 500', (reply, { method }) =>
    method === 'HEAD' ? { status: 500 } : reply,
  ),
  ...['listBookings', 'getFile'].flatMap((operation) => unchecked(operation, ['auth'], 'query')),
  ...answer('listBookings', ['headers'], 'a cookie for scripts', addHeader('set-cookie', 'session=1; Path=/')),
  ...answer('getGuest', ['headers'], 'stored for all', addHeader('cache-control', 'public, max-age=600')),
  ...answer('search', ['headers'], 'an internal host', addHeader('x-served-by', '10.0.3.17:8080')),
  ...answer(
    'listRooms',
    ['paging'],
    'the total is too large',
    onSuccess((one) => ({ ...one, total: Number(one['total']) + 1 })),
  ),
  ...answer(
    'uploadFile',
    ['state'],
    'another size',
    onSuccess((one) => ({ ...one, size: 0 })),
  ),
  ...answer(
    'createBooking',
    ['json'],
    'cuts notes',
    onSuccess((one) => ({ ...one, notes: cut(one['notes']) })),
  ),
  ...answer(
    'createBooking',
    ['json'],
    'escapes names',
    onSuccess((one) => ({ ...one, guest: String(one['guest']).replaceAll('&', '&amp;') })),
  ),
  ...answer(
    'createBooking',
    ['json'],
    'null as a text',
    onSuccess((one) => ({ ...one, notes: one['notes'] ?? '' })),
  ),
  {
    id: 'listRooms: DELETE is accepted',
    areas: ['method'],
    operation: 'listRooms',
    otherMethods: (reply, method) => (method === 'DELETE' ? { status: 204 } : reply),
  },
  {
    id: 'getRoom: POST gets 500',
    areas: ['method', 'errors'],
    operation: 'getRoom',
    otherMethods: (reply, method) => (method === 'POST' ? { status: 500, body: {} } : reply),
  },
  {
    id: 'search: PUT is served',
    areas: ['method'],
    operation: 'search',
    otherMethods: (reply, method) => (method === 'PUT' ? { status: 200, body: {} } : reply),
  },
  {
    id: 'getReport: 405 without Allow',
    areas: ['method'],
    operation: 'getReport',
    otherMethods: (reply) => without('allow')(reply, { method: '' }),
  },
]
