import { isObject, type Schema } from '@livepeer-ai/openapi'
import type { Check, Context, Finding } from '../../../check.ts'
import { headerOf, type Exchange } from '../../../exchange.ts'
import type { RequestPlan } from '../../../request-plan.ts'
import { findHolders } from '../../../samples/find-source.ts'
import { keyOf, type Parameter } from '../../../samples/parameters.ts'
import { toRequest } from '../../../samples/to-request.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { defineChecks } from '../../define-checks.ts'
import { exchangeAt, findBadStatuses, findSchema, judgeEach, parseJson, type Judge } from '../../judgements.ts'
import { sampleOf, shorten } from '../../rejections.ts'
import { planAccepted, toValidRequest } from '../../subject.ts'
import { isSuccess, listIn, varyBody } from './chains.ts'

/** The parameters of a list, by their usual names. */
const names = {
  limit: /^(limit|(per|items)_?page|page_?size|size|top|first|take|max_?(results|items))$/i,
  offset: /^(offset|skip|start|start_?index)$/i,
  page: /^page(_?(number|no))?$/i,
  cursor: /^(cursor|page_?token|next_?token|after|starting_?after|continuation)$/i,
  search: /^(q|query|search|term|text)$/i,
  sort: /^(sort|sort_?by|order_?by|order|sort_?order|direction)$/i,
}

/** Places of the next cursor in a response. */
const cursorPlaces = ['', '/meta', '/pagination', '/paging', '/page', '/links'].flatMap((base) =>
  ['next_cursor', 'nextCursor', 'next_page_token', 'nextPageToken', 'cursor', 'next'].map(
    (name) => `$response.body#${base}/${name}`,
  ),
)

const find = (context: Context, kind: keyof typeof names): Parameter | undefined =>
  sampleOf(context).parameters.find((one) => one.in === 'query' && names[kind].test(one.name))

/** Returns the schema of the items in the response, or undefined if it has no list. */
function itemsOf(context: Context): Schema | undefined {
  const { description } = context.contract
  const schema = findSchema(200, context)
  const flat = flattenSchema(description, schema ?? {})
  if (flat.type === 'array') return flat.items
  const holder = findHolders(description, schema, '').find((place) => place.endsWith('/0'))
  return holder === undefined
    ? undefined
    : flattenSchema(description, flat.properties[holder.split('/')[1] ?? '']).items
}

/** Returns a request of the list with these values of parameters. */
const planList = (context: Context, values: readonly (readonly [Parameter | undefined, unknown])[]): RequestPlan => ({
  ...toRequest(sampleOf(context), {
    values: Object.fromEntries(values.flatMap(([one, value]) => (one ? [[keyOf(one), value]] : []))),
  }),
  requires: planItems(context),
})

/** Plans two items, so that the list shows its order and its pages. */
function planItems(context: Context): RequestPlan[] {
  const { create, list } = context.resource ?? {}
  if (!create || list !== context.sample || create.problem !== undefined) return []
  const other = varyBody(create, context)
  return [toValidRequest(create), other ? planAccepted(create, { body: other }) : toValidRequest(create)]
}

const fail = (message: string, exchange: Exchange): Finding => ({
  severity: 'fail',
  message: shorten(message),
  exchange,
})

/** Returns the number in a response that has one of these names, also in an object of the body. */
function numberIn(exchange: Exchange, name: RegExp): number | undefined {
  const body = parseJson(exchange)
  if (!isObject(body)) return undefined
  const all = [body, ...Object.values(body).filter(isObject)].flatMap((one) => Object.entries(one))
  const found = all.find(([key, value]) => name.test(key) && typeof value === 'number')?.[1]
  return typeof found === 'number' ? found : undefined
}

const total = /^total(_?(count|items|results))?$/i

/** Returns the number of the first page. */
const firstPage = ({ contract }: Context, { schema }: Parameter): number =>
  flattenSchema(contract.description, schema).keywords['minimum'] === 0 ? 0 : 1

/** Plans the first two pages of one item each. */
function planPages(context: Context): RequestPlan[] {
  const [limit, offset, page, cursor] = (['limit', 'offset', 'page', 'cursor'] as const).map((kind) =>
    find(context, kind),
  )
  if (!limit || !itemsOf(context)) return []
  const first = planList(context, [[limit, 1]])
  if (offset)
    return [
      first,
      planList(context, [
        [limit, 1],
        [offset, 1],
      ]),
    ]
  if (page) {
    const from = firstPage(context, page)
    return [
      planList(context, [
        [limit, 1],
        [page, from],
      ]),
      planList(context, [
        [limit, 1],
        [page, from + 1],
      ]),
    ]
  }
  if (!cursor) return [first]
  const bindings = { ...first.bindings, cursor: { from: 0, places: cursorPlaces } }
  const next = planList(context, [
    [limit, 1],
    [cursor, 'CURSOR'],
  ])
  return [{ ...first, next: [{ ...next, target: next.target?.replace('CURSOR', '{path.cursor}'), bindings }] }]
}

/** Returns what tells an item from others: its id, or all of it. */
const identify = (item: unknown): string => JSON.stringify(isObject(item) && 'id' in item ? item['id'] : item)

/** Returns a judge of two pages of a list that has at least two items. */
const judgePages =
  (judge: (first: Exchange, second: Exchange | undefined, context: Context) => Finding[]): Judge =>
  (exchanges, context) => {
    const first = exchangeAt(exchanges, 0)
    return isSuccess(first) ? judge(first, exchanges[1], context) : []
  }

interface Filter {
  parameter: Parameter
  /** The property of the items that the filter is about. */
  property: string
}

const plain = (name: string): string => name.replaceAll(/[^a-z\d]/gi, '').toLowerCase()

/** Returns the parameters with the name of a property of the items. */
function listFilters(context: Context): Filter[] {
  const { properties } = flattenSchema(context.contract.description, itemsOf(context) ?? {})
  return sampleOf(context).parameters.flatMap((parameter) => {
    const property = Object.keys(properties).find(
      (name) => plain(name) === plain(parameter.name.replace(/^filter/i, '')),
    )
    return parameter.in === 'query' && property !== undefined ? [{ parameter, property }] : []
  })
}

/** Returns the JSON Pointer to the first item of the list in a response. */
const firstItem = (context: Context): string =>
  findHolders(context.contract.description, findSchema(200, context), '').find((place) => place.endsWith('/0')) ?? '/0'

/** Plans the list, filtered by the value of its first item, and by each value of an enumeration. */
const planFilters = (context: Context): RequestPlan[] =>
  listFilters(context).flatMap(({ parameter, property }): RequestPlan[] => {
    const { type, keywords } = flattenSchema(context.contract.description, parameter.schema)
    const values = type === 'boolean' ? [true, false] : keywords['enum']
    if (Array.isArray(values)) return values.slice(0, 4).map((value) => planList(context, [[parameter, value]]))
    const { bindings, ...plan } = planList(context, [[parameter, 'VALUE']])
    const places = [`$response.body#${firstItem(context)}/${property}`]
    return [
      {
        ...planList(context, []),
        next: [
          {
            ...plan,
            target: plan.target?.replace('VALUE', '{path.value}'),
            bindings: { ...bindings, value: { from: 0, places } },
          },
        ],
      },
    ]
  })

/** A parameter with a date that no item is beyond. */
interface End {
  parameter: Parameter
  value: string
}

/** Lists the parameters for the ends of a range of dates. */
function listEnds(context: Context): End[] {
  const { properties } = flattenSchema(context.contract.description, itemsOf(context) ?? {})
  const isDate = (schema: unknown) => {
    const { format } = flattenSchema(context.contract.description, schema).keywords
    return format === 'date' || format === 'date-time'
  }
  if (!Object.values(properties).some(isDate)) return []
  return sampleOf(context).parameters.flatMap((parameter): End[] => {
    const { name, schema } = parameter
    const { format } = flattenSchema(context.contract.description, schema).keywords
    const isLower = lowerEnd.test(name)
    if (parameter.in !== 'query' || !isDate(schema) || !(isLower || upperEnd.test(name))) return []
    const day = isLower ? '2999-01-01' : '1901-01-01'
    return [{ parameter, value: format === 'date' ? day : `${day}T00:00:00Z` }]
  })
}

const lowerEnd = /^(.*_)?(from|since|after|start|min)(_.*|[A-Z].*)?$|[a-z](From|Since|After|Start|Min)$/
const upperEnd = /^(.*_)?(to|until|before|end|max)(_.*|[A-Z].*)?$|[a-z](To|Until|Before|End|Max)$/

/** Returns true if a response offers another page. */
function tellsMore(exchange: Exchange): boolean {
  const body = parseJson(exchange)
  if (!isObject(body)) return false
  const all = [body, ...Object.values(body).filter(isObject)].flatMap((one) => Object.entries(one))
  return all.some(
    ([name, value]) =>
      (/^has_?(more|next)(_?page)?$/i.test(name) && value === true) ||
      (/^next(_?(cursor|page|page_?token|token))?$/i.test(name) && typeof value === 'string' && value !== ''),
  )
}

const judgeFilters: Judge = (exchanges, context) => {
  const filters = listFilters(context)
  return judgeEach('fail', (exchange) => {
    const query = new URLSearchParams(exchange.request.target.split('?')[1] ?? '')
    const used = filters.find(({ parameter }) => query.has(parameter.name))
    const items = isSuccess(exchange) ? listIn(exchange) : undefined
    if (!used || !items) return false
    const wanted = query.get(used.parameter.name)?.toLowerCase()
    const isOther = (one: unknown) => {
      const value = isObject(one) ? one[used.property] : undefined
      if (value === undefined || value === null) return false
      return !JSON.stringify(value)
        .toLowerCase()
        .includes(wanted ?? '')
    }
    return items.some(isOther) && `saw items with another ${used.property}, expected those of the filter`
  })(exchanges, context)
}

/** Returns the property and the direction that a value of a sort parameter names. */
function readSort(
  value: string,
  properties: readonly string[],
): { property: string; isDescending: boolean } | undefined {
  const bare = value.replace(/^[-+]/, '').replace(/[_:. -]?(asc|desc)(ending)?$/i, '')
  const property = properties.find((name) => plain(name) === plain(bare))
  return property === undefined
    ? undefined
    : { property, isDescending: value.startsWith('-') || /desc(ending)?$/i.test(value) }
}

const valuesOf = (context: Context, parameter: Parameter | undefined): unknown[] => {
  const { keywords } = flattenSchema(context.contract.description, parameter?.schema)
  return Array.isArray(keywords['enum']) ? (keywords['enum'] as unknown[]) : []
}

const propertiesOf = (context: Context): string[] =>
  Object.keys(flattenSchema(context.contract.description, itemsOf(context) ?? {}).properties)

/** Plans the list in each order that an enumeration names. */
function planSorted(context: Context): RequestPlan[] {
  const own = sampleOf(context).parameters.filter(({ name, in: place }) => place === 'query' && names.sort.test(name))
  const key = own.find((one) => valuesOf(context, one).some((value) => readSort(String(value), propertiesOf(context))))
  if (!key) return []
  const direction = own.find((one) => one !== key && valuesOf(context, one).includes('desc'))
  const keys = valuesOf(context, key).slice(0, 6)
  return keys.flatMap((value) =>
    direction
      ? ['asc', 'desc'].map((way) =>
          planList(context, [
            [key, value],
            [direction, way],
          ]),
        )
      : [planList(context, [[key, value]])],
  )
}

const judgeSorted: Judge = judgeEach('fail', (exchange, context) => {
  const query = [...new URLSearchParams(exchange.request.target.split('?')[1] ?? '').entries()].filter(([name]) =>
    names.sort.test(name),
  )
  const sort = query.map(([, value]) => readSort(value, propertiesOf(context))).find(Boolean)
  const isDescending = sort?.isDescending || query.some(([, value]) => /^desc/i.test(value))
  const items = isSuccess(exchange) ? listIn(exchange) : undefined
  if (!sort || !items) return false
  const values = items
    .map((one) => (isObject(one) ? one[sort.property] : undefined))
    .filter((one) => one !== undefined && one !== null)
  const isWrong = values.some((value, index) => {
    const before = values[index - 1]
    return index > 0 && (isDescending ? compareValues(before, value) < 0 : compareValues(before, value) > 0)
  })
  return isWrong && `saw items in another order, expected them by ${sort.property}`
})

/** An amount of money is often a text. */
const decimal = /^-?\d+\.\d+$/

/** Compares two values; texts that differ only in case or in marks are equal. */
function compareValues(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  const [left, right] = [String(one), String(other)]
  if (decimal.test(left) && decimal.test(right)) return Number(left) - Number(right)
  // A server may sort by code units or by the rules of a language.
  const order = left.localeCompare(right, 'en', { sensitivity: 'base' })
  return Math.sign(order) === (left < right ? -1 : left > right ? 1 : 0) ? order : 0
}

/** Checks of lists: their pages, order and filters. */
export const pagingChecks: Check[] = defineChecks(
  'paging',
  [
    {
      id: 'PG-01',
      title: 'A page has no more items than the limit',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, parameters',
      remediation: 'Apply the limit of the request.',
      plan: planPages,
      judge: judgeEach('fail', (exchange) => {
        const { length } = (isSuccess(exchange) && listIn(exchange)) || []
        return length > 1 && `saw ${length} items, expected at most 1`
      }),
    },
    {
      id: 'PG-02',
      title: 'The second page has other items than the first',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, parameters',
      remediation: 'Apply the offset, the page or the cursor of the request, and keep the order of items.',
      plan: (context) => {
        const pages = planPages(context)
        const { limit, page } = { limit: find(context, 'limit'), page: find(context, 'page') }
        const isFirst = [[limit, 2], ...(page ? [[page, firstPage(context, page)] as const] : [])] as const
        return pages.length > 1 || pages[0]?.next ? [...pages, planList(context, isFirst)] : pages
      },
      judge: (exchanges) => {
        const [first, second, both] = exchanges
        if (!first || !second || !isSuccess(first) || !isSuccess(second)) return []
        const pages = [first, second].map((page) => listIn(page)?.[0])
        const [one, other] = pages
        if (one === undefined) return []
        if (JSON.stringify(one) === JSON.stringify(other))
          return [fail('saw the item of the first page, expected another', second)]
        const longer = both && isSuccess(both) ? listIn(both)?.slice(0, 2) : undefined
        const index = longer?.findIndex((item, place) => identify(item) !== identify(pages[place])) ?? -1
        const [place, page] = index === 0 ? ['first', first] : ['second', second]
        return index < 0 ? [] : [fail(`saw another item than the ${place} of a longer page`, page)]
      },
    },
    {
      id: 'PG-03',
      title: 'The total counts all items, whatever the page',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, schemas of the responses',
      remediation: 'Count the items before cutting the page.',
      plan: planPages,
      judge: judgePages((first, second) => {
        const totals = [first, second].map(
          (one) => one && (numberIn(one, total) ?? Number(headerOf(one.response, 'x-total-count') ?? NaN)),
        )
        const [one, other] = totals
        if (!second || one === undefined || Number.isNaN(one) || !isSuccess(second)) return []
        const isEmpty = (listIn(second) ?? []).length === 0
        if (one !== other) return [fail(`saw the total ${other} on the second page, expected ${one}`, second)]
        // A second page with an item means that there are at least two.
        return one < 2 && !isEmpty ? [fail(`saw the total ${one}, expected at least 2`, second)] : []
      }),
    },
    {
      id: 'PG-04',
      title: 'A page tells the limit and the place that were requested',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, schemas of the responses',
      remediation: 'Return the values that were applied.',
      plan: planPages,
      judge: judgeEach('fail', (exchange) => {
        if (!isSuccess(exchange)) return false
        const query = new URLSearchParams(exchange.request.target.split('?')[1] ?? '')
        const wrong = [...query].find(([name, value]) => {
          if (!names.limit.test(name) && !names.offset.test(name) && !names.page.test(name)) return false
          const told = numberIn(exchange, new RegExp(`^${name}$`, 'i'))
          return told !== undefined && told !== Number(value)
        })
        return wrong !== undefined && `saw another ${wrong[0]}, expected ${wrong[1]} as requested`
      }),
    },
    {
      id: 'PG-05',
      title: 'A page after the last one is empty',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, parameters',
      remediation: 'Answer with an empty list.',
      plan: (context) => {
        const place = find(context, 'offset') ?? find(context, 'page')
        if (!place || !itemsOf(context)) return []
        const { keywords } = flattenSchema(context.contract.description, place.schema)
        const far = typeof keywords['maximum'] === 'number' ? keywords['maximum'] : 100_000
        return far < 1000 ? [] : [planList(context, [[place, far]])]
      },
      judge: (exchanges) => [
        ...findBadStatuses(exchanges, { pass: ['2xx'], note: [400, 404, 416, 422] }),
        ...judgeEach('fail', (exchange) => {
          const { length } = (isSuccess(exchange) && listIn(exchange)) || []
          return length > 0 && 'saw items after the last page, expected none'
        })(exchanges, {} as Context),
      ],
    },
    {
      id: 'PG-06',
      title: 'A list has the requested order',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, parameters',
      remediation: 'Sort by the requested property and in the requested direction.',
      plan: (context) => (itemsOf(context) ? planSorted(context) : []),
      judge: judgeSorted,
    },
    {
      id: 'PG-07',
      title: 'A filtered list has matching items only',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, parameters',
      remediation: 'Apply each filter of the request.',
      plan: (context) => (itemsOf(context) ? planFilters(context) : []),
      judge: judgeFilters,
    },
    {
      id: 'PG-10',
      title: 'A list from or until a date has items of that time only',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, parameters',
      remediation: 'Apply both ends of a range.',
      plan: (context) =>
        itemsOf(context)
          ? listEnds(context).map(({ parameter, value }) => planList(context, [[parameter, value]]))
          : [],
      judge: judgeEach('fail', (exchange, context) => {
        const query = new URLSearchParams(exchange.request.target.split('?')[1] ?? '')
        const end = listEnds(context).find(({ parameter }) => query.has(parameter.name))
        const { length } = (isSuccess(exchange) && listIn(exchange)) || []
        return length > 0 && end !== undefined && `saw items for ${end.parameter.name}=${end.value}, expected none`
      }),
    },
    {
      id: 'PG-11',
      title: 'A page with all items tells their number and no next page',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, schemas of the responses',
      remediation: 'Count the items, and offer a next page only if there is one.',
      plan: (context) => {
        const limit = find(context, 'limit')
        const most = flattenSchema(context.contract.description, limit?.schema).keywords['maximum']
        return limit && typeof most === 'number' && itemsOf(context) ? [planList(context, [[limit, most]])] : []
      },
      judge: (exchanges, context) =>
        judgeEach('fail', (exchange) => {
          const most = flattenSchema(context.contract.description, find(context, 'limit')?.schema).keywords['maximum']
          const { length } = (isSuccess(exchange) && listIn(exchange)) || []
          if (length === 0 || length >= Number(most)) return false
          const told = numberIn(exchange, total) ?? Number(headerOf(exchange.response, 'x-total-count') ?? NaN)
          if (!Number.isNaN(told) && told !== length) return `saw the total ${told} with all ${length} items`
          return tellsMore(exchange) && `saw a next page after all ${length} items, expected none`
        })(exchanges, context),
    },
    {
      id: 'PG-08',
      title: 'A search for a word that nothing contains finds nothing',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, parameters',
      remediation: 'Apply the search term.',
      plan: (context) => {
        const search = find(context, 'search')
        return search && itemsOf(context) ? [planList(context, [[search, 'zqxjkvwpf']])] : []
      },
      judge: judgeEach('fail', (exchange) => {
        const { length } = (isSuccess(exchange) && listIn(exchange)) || []
        return length > 0 && `saw ${length} items for a word that nothing contains, expected none`
      }),
    },
    {
      id: 'PG-09',
      title: 'A list without a limit has the default one',
      harm: 'wrong-data',
      for: 'safe',
      source: 'OpenAPI description, parameters: default',
      remediation: 'Apply the documented default.',
      plan: (context) => (find(context, 'limit') && itemsOf(context) ? [context.valid()] : []),
      judge: judgeEach('fail', (exchange, context) => {
        const limit = find(context, 'limit')
        const most = flattenSchema(context.contract.description, limit?.schema).keywords['default']
        const { length } = (isSuccess(exchange) && listIn(exchange)) || []
        return typeof most === 'number' && length > most && `saw ${length} items, expected at most ${most}`
      }),
    },
  ],
  ['behavior'],
)
