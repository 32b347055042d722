import { createHash, randomUUID } from 'node:crypto'
import { problem, type Call, type Reply } from './call.ts'

type Item = Record<string, unknown>

interface File extends Item {
  bytes: Buffer
}

/** The data of one server. */
export class Guesthouse {
  readonly rooms: Item[] = [
    { id: 1, name: 'Attic', kind: 'suite', price: 180, view: 'sea' },
    { id: 2, name: 'Garden', kind: 'double', price: 95.5, view: null },
    { id: 3, name: 'Kitchen', kind: 'single', price: 60 },
  ]
  readonly bookings = new Map<string, Item>()
  readonly files = new Map<string, File>()
  readonly guests = new Map<string, Item>()
  /** The last item, which a server with shared state mixes up with others. */
  last: Item = {}
}

type Handler = (call: Call, data: Guesthouse) => Reply

const tagOf = (item: Item): string =>
  `"${createHash('sha256').update(JSON.stringify(item)).digest('hex').slice(0, 12)}"`

const gone = problem(404, 'There is no such item.')

/** Answers 304 to a client that has this version. */
function answerVersion({ header, has }: Call, item: Item): Reply {
  const etag = has('frozen-etag') ? '"1"' : tagOf(item)
  const isKnown = header('if-none-match') === etag || (has('always-304') && header('if-none-match') !== undefined)
  if (isKnown && !has('ignores-if-none-match')) return { status: 304, headers: { etag } }
  return { status: 200, headers: { etag, 'cache-control': 'no-cache' }, body: item }
}

function listRooms({ query, has }: Call, { rooms }: Guesthouse): Reply {
  const {
    limit = 20,
    offset = 0,
    kind,
    sort = 'name',
  } = query as { limit?: number; offset?: number; kind?: string; sort?: string }
  const found = rooms.filter((room) => kind === undefined || room['kind'] === kind || has('ignores-kind'))
  const key = sort.replace('-', '')
  const way = sort.startsWith('-') && !has('always-ascending') ? -1 : 1
  const sorted = has('ignores-sort') ? found : found.toSorted((one, other) => (one[key]! > other[key]! ? way : -way))
  const items = sorted.slice(has('ignores-offset') ? 0 : offset, has('ignores-limit') ? undefined : offset + limit)
  const total = has('total-of-page') ? items.length : found.length
  return { status: 200, body: { items, total, limit: has('wrong-limit') ? 20 : limit, offset } }
}

function listBookings({ query, has }: Call, { bookings }: Guesthouse): Reply {
  const {
    limit = 20,
    cursor,
    status,
    from,
  } = query as { limit?: number; cursor?: string; status?: string; from?: string }
  const all = [...bookings.values()].filter(
    (one) =>
      (status === undefined || one['status'] === status || has('ignores-status')) &&
      (from === undefined || String(one['checkIn']) >= from || has('ignores-from')),
  )
  const start =
    cursor === undefined || has('ignores-cursor') ? 0 : Number(Buffer.from(cursor, 'base64url').toString()) || 0
  const items = all.slice(start, has('ignores-limit') ? undefined : start + limit)
  const next = start + items.length + (has('skips-one') ? 1 : 0)
  return {
    status: 200,
    body: {
      items,
      nextCursor: next < all.length || has('always-next') ? Buffer.from(String(next)).toString('base64url') : null,
    },
  }
}

function createBooking({ body, has }: Call, data: Guesthouse): Reply {
  const booking: Item = {
    id: has('same-id') ? '3fa85f64-5717-4562-b3fc-2c963f66afa6' : randomUUID(),
    status: 'pending',
    createdAt: new Date().toISOString(),
    ...body,
  }
  if (has('loses-notes')) delete booking['notes']
  if (has('swaps-dates')) booking['checkIn'] = booking['checkOut']
  if (!has('stores-nothing')) data.bookings.set(String(booking['id']), booking)
  data.last = booking
  return {
    status: 201,
    headers: { location: `/bookings/${has('wrong-location') ? 'new' : String(booking['id'])}` },
    body: booking,
  }
}

const bookingOf = ({ path }: Call, { bookings }: Guesthouse): Item | undefined => bookings.get(path['bookingId'] ?? '')

function getBooking(call: Call, data: Guesthouse): Reply {
  const booking = bookingOf(call, data)
  if (!booking) return gone
  if (call.has('counts-views')) booking['guests'] = (Number(booking['guests']) % 6) + 1
  return answerVersion(call, call.has('answers-last') ? data.last : booking)
}

function replaceBooking(call: Call, data: Guesthouse): Reply {
  const booking = bookingOf(call, data)
  if (!booking) return gone
  const match = call.header('if-match')
  const isOther = match !== undefined && match !== '*' && match !== tagOf(booking)
  if (isOther && !call.has('ignores-if-match')) return problem(412, 'The booking has another version.')
  const { id, status, createdAt } = booking
  const replaced = { ...(call.has('merges') && booking), ...call.body, id, status, createdAt }
  if (!call.has('forgets-change')) data.bookings.set(String(id), replaced)
  return { status: 200, body: replaced }
}

function updateBooking(call: Call, data: Guesthouse): Reply {
  const booking = bookingOf(call, data)
  if (!booking) return gone
  const { id, status, createdAt } = booking
  const changed: Item = { ...booking, ...call.body, id, status, createdAt }
  if (call.has('clears-others')) changed['guest'] = 'nobody'
  if (!call.has('forgets-change')) data.bookings.set(String(booking['id']), changed)
  return { status: 200, body: changed }
}

function deleteBooking(call: Call, { bookings }: Guesthouse): Reply {
  const id = call.path['bookingId'] ?? ''
  if (!bookings.has(id)) return call.has('deletes-nothing-again') ? { status: 500, body: {} } : gone
  if (!call.has('keeps-deleted')) bookings.delete(id)
  return { status: 204 }
}

function cancelBooking(call: Call, data: Guesthouse): Reply {
  const booking = bookingOf(call, data)
  if (!booking) return gone
  if (booking['status'] === 'canceled' && !call.has('cancels-twice')) return problem(409, 'The booking is canceled.')
  booking['status'] = 'canceled'
  return { status: 200, body: booking }
}

function toFile({ id, title, size, mediaType, public: isPublic }: File): Item {
  return { id, title, size, mediaType, public: isPublic }
}

function listFiles({ query, has }: Call, { files }: Guesthouse): Reply {
  const { page = 1, per_page: size = 10 } = query as { page?: number; per_page?: number }
  const all = [...files.values()].map(toFile)
  const start = has('pages-from-zero') ? page * size : (page - 1) * size
  const end = has('ignores-limit') ? undefined : start + size
  return { status: 200, headers: { 'x-total-count': String(all.length) }, body: all.slice(start, end) }
}

function uploadFile({ body, file, has }: Call, { files }: Guesthouse): Reply {
  const id = `file_${randomUUID().slice(0, 8)}`
  const bytes = has('corrupts-files') ? Buffer.from(file.toString()) : file
  const stored = {
    id,
    title: String(body['title']),
    size: file.length,
    mediaType: 'image/png',
    public: body['public'] === 'true',
    bytes,
  }
  files.set(id, stored)
  return { status: 201, headers: { location: `/files/${id}` }, body: toFile(stored) }
}

function getFile({ path }: Call, { files }: Guesthouse): Reply {
  const file = files.get(path['fileId'] ?? '')
  return file ? { status: 200, body: toFile(file) } : gone
}

function downloadFile({ path, header, has }: Call, { files }: Guesthouse): Reply {
  const file = files.get(path['fileId'] ?? '')
  if (!file) return gone
  const headers = { 'content-type': 'image/png', 'accept-ranges': 'bytes' }
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(header('range') ?? '') ?? []
  if (from === undefined || has('ignores-range')) return { status: 200, headers, body: file.bytes }
  const end = Number(to) + (has('short-range') ? 0 : 1)
  const part = file.bytes.subarray(Number(from), end)
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${to}/${file.bytes.length}` },
    body: part,
  }
}

function deleteFile({ path, has }: Call, { files }: Guesthouse): Reply {
  const isThere = has('keeps-deleted') ? files.has(path['fileId'] ?? '') : files.delete(path['fileId'] ?? '')
  return isThere ? { status: 204 } : gone
}

function search({ query, has }: Call, { rooms, bookings }: Guesthouse): Reply {
  const { q = '', types = ['room', 'booking'], limit = 20 } = query as { q?: string; types?: string[]; limit?: number }
  const all = [
    ...rooms.map(({ id, name }) => ({ type: 'room', id: String(id), title: String(name) })),
    ...[...bookings.values()].map(({ id, guest }) => ({ type: 'booking', id: String(id), title: String(guest) })),
  ]
  const isHit = ({ type, title }: { type: string; title: string }) =>
    types.includes(type) && (title.toLowerCase().includes(q.toLowerCase()) || has('ignores-q'))
  return { status: 200, body: { hits: all.filter(isHit).slice(0, limit) } }
}

function createGuest({ body, has }: Call, { guests }: Guesthouse): Reply {
  const { password, ...own } = body
  const guest: Item = has('copies-id') ? { id: randomUUID(), ...own } : { ...own, id: randomUUID() }
  const shown = has('shows-password')
    ? { ...guest, password }
    : has('shows-hash')
      ? { ...guest, passwordHash: 'x' }
      : guest
  guests.set(String(guest['id']), shown)
  return { status: 201, headers: { location: `/guests/${String(guest['id'])}` }, body: shown }
}

function getGuest({ path }: Call, { guests }: Guesthouse): Reply {
  const guest = guests.get(path['guestId'] ?? '')
  return guest ? { status: 200, body: guest } : gone
}

function getReport({ query }: Call, { bookings }: Guesthouse): Reply {
  const report = { day: query['day'], bookings: bookings.size, revenue: bookings.size * 100 }
  if (query['format'] !== 'csv') return { status: 200, body: report }
  return { status: 200, headers: { 'content-type': 'text/csv' }, body: Buffer.from(Object.values(report).join(',')) }
}

export const handlers: Record<string, Handler> = {
  listRooms,
  getRoom: (call, { rooms }) => {
    const room = rooms.find(({ id }) => String(id) === call.path['roomId'])
    return room ? answerVersion(call, room) : gone
  },
  listBookings,
  createBooking,
  getBooking,
  replaceBooking,
  updateBooking,
  deleteBooking,
  cancelBooking,
  listFiles,
  uploadFile,
  getFile,
  downloadFile,
  deleteFile,
  search,
  createGuest,
  getGuest,
  getReport,
  health: () => ({ status: 200, body: { status: 'ok' } }),
}
