import { findOperationObject, isObject, resolveReference } from '@livepeer-ai/openapi'
import type { Check, Context, Finding } from '../../../check.ts'
import { readExpressions } from '../../../description/runtime-expression.ts'
import { headerOf, type Exchange } from '../../../exchange.ts'
import type { RequestPlan } from '../../../request-plan.ts'
import { toText } from '../../../samples/parameters.ts'
import { toRequest } from '../../../samples/to-request.ts'
import { flattenSchema } from '../../../samples/values/flatten-schema.ts'
import { defineChecks } from '../../define-checks.ts'
import { exchangeAt, findBadStatuses, findSchema, hasJson, matchesStatus, parseJson } from '../../judgements.ts'
import { planBodyViolations, sampleOf } from '../../rejections.ts'
import { isSuccess, judgeChain, listIn, placesOf, planChain, varyBody, writtenIn } from './chains.ts'
import { toMinimal } from './minimal.ts'
import { findDifference, itemIn } from './same-value.ts'

/** Compares what was written with what a response shows. */
function compare(context: Context, written: Record<string, unknown>, exchange: Exchange, words: string): Finding[] {
  if (!isSuccess(exchange)) return findBadStatuses([exchange], { pass: ['2xx'] })
  if (!hasJson(exchange)) return []
  const read = itemIn(parseJson(exchange), written)
  const known = propertiesOf(exchange, context)
  const lost = Object.keys(written).find(
    (name) => isObject(read) && !(name in read) && known.includes(name) && written[name] !== null,
  )
  const difference = lost === undefined ? findDifference(written, read) : `nothing for /${lost}`
  return difference === undefined
    ? []
    : [{ severity: 'fail', message: `saw ${difference}, expected ${words}`, exchange }]
}

/** Returns the properties that the response of an operation has by its schema. */
function propertiesOf({ request, response }: Exchange, context: Context): string[] {
  const { operation = context.operation } = request.plan
  const schema = findSchema(response?.status ?? 0, { ...context, operation })
  return Object.keys(flattenSchema(context.contract.description, schema).properties)
}

/** Plans to create an item, to read it, and to list all items. */
function planCreation(context: Context): RequestPlan[] {
  const { read, list } = context.resource ?? {}
  const limit = list?.parameters.find(
    ({ name, schema }) => /limit|size|per_?page/i.test(name) && typeof schema['maximum'] === 'number',
  )
  const values = limit ? { [`query.${limit.name}`]: limit.schema['maximum'] } : {}
  return read ? planChain(context, (item) => [item(read), ...(list ? [item(list, { values })] : [])]) : []
}

/** Properties that differ between two equal requests. */
const volatile =
  /uptime|timestamp|seen|accessed|(^|_)(at|time|now|age|views?|hits|count|requests?|expires|nonce)(_|$)|[a-z](At|Time|Views|Count)$/

/** Checks of what the operations on the same items do to each other. */
export const stateChecks: Check[] = defineChecks(
  'state',
  [
    {
      id: 'ST-01',
      title: 'A created item can be read, with what was written',
      harm: 'wrong-data',
      for: 'create',
      source: 'RFC 9110, section 9.3.3',
      remediation: 'Store the item before answering, and return what is stored.',
      plan: planCreation,
      judge: judgeChain(2, (chain, context) => {
        const [created, read] = [exchangeAt(chain, 0), exchangeAt(chain, 1)]
        const written = writtenIn(sampleOf(context), created)
        return [
          ...[created, read].flatMap((one) => compare(context, written, one, 'what was written')),
          ...judgeSize(created),
        ]
      }),
    },
    {
      id: 'ST-02',
      title: 'The Location of a created item leads to it',
      harm: 'client-breaks',
      for: 'create',
      source: 'RFC 9110, sections 10.2.2 and 15.3.2',
      remediation: 'Put the URL of the new item into Location.',
      plan: planCreation,
      judge: judgeChain(2, ([first], { resource }) => {
        const location = headerOf(first?.response, 'location')
        const id =
          first &&
          resource &&
          readExpressions(
            first,
            (placesOf(resource) ?? []).filter((place) => !/location/i.test(place)),
          )
        if (location === undefined || id === undefined || !first) return []
        const path = location
          .replace(/^https?:\/\/[^/]+/, '')
          .split(/[?#]/, 1)
          .join('')
        const expected = resource?.path.split('/').slice(1) ?? []
        const segments = path.split('/').slice(-expected.length)
        const isRight =
          segments.at(-1) === encodeURIComponent(id) &&
          expected.slice(0, -1).every((segment, index) => segment.startsWith('{') || segments[index] === segment)
        if (isRight) return []
        return [
          {
            severity: 'fail',
            about: 'headers',
            message: 'saw another Location, expected that of the new item',
            exchange: first,
          },
        ]
      }),
    },
    {
      id: 'ST-03',
      title: 'A created item is in the list',
      harm: 'wrong-data',
      for: 'create',
      source: 'OpenAPI description, paths',
      remediation: 'List what is stored, and drop caches when an item is created.',
      plan: planCreation,
      judge: judgeChain(2, ([first, , list], { resource }) => {
        const id = first && resource && readExpressions(first, placesOf(resource) ?? [])
        const items = listIn(list)
        if (!list || id === undefined || !items || !isSuccess(list)) return []
        const isThere = items.some((one) =>
          (isObject(one) ? Object.values(one) : [one]).some((value) => String(value) === id),
        )
        const body = parseJson(list)
        const isPart =
          isObject(body) && Object.values(body).some((value) => typeof value === 'number' && value > items.length)
        if (isThere || isPart || items.length >= 100) return []
        return [{ severity: 'fail', message: 'saw a list without the new item, expected the item', exchange: list }]
      }),
    },
    {
      id: 'ST-04',
      title: 'Two created items stay apart',
      harm: 'wrong-data',
      for: 'create',
      source: 'CWE-488',
      remediation: 'Give each item an id of its own, and keep nothing of a request in shared variables.',
      plan: (context) => {
        const { read, create } = context.resource ?? {}
        const other = create && varyBody(create, context)
        if (!read || !other) return []
        // At the same time, so that two requests that share a variable show it.
        const delivery = { together: `two items of ${context.operation.operationId}` }
        return [{}, { body: other }].flatMap((changes) =>
          planChain(context, (item) => [item(read)], changes).map((plan) => ({ ...plan, delivery })),
        )
      },
      judge: judgeChain(4, (chain, context) => {
        const sample = sampleOf(context)
        return [0, 2].flatMap((index) => {
          const [created, read] = [exchangeAt(chain, index), exchangeAt(chain, index + 1)]
          if (!isSuccess(created)) return []
          const written = writtenIn(sample, created)
          return [created, read].flatMap((one) => compare(context, written, one, 'that of its own request'))
        })
      }),
    },
    {
      id: 'ST-05',
      title: 'A removed item is gone',
      harm: 'wrong-data',
      for: 'remove',
      source: 'RFC 9110, section 9.3.5',
      remediation: 'Remove the item before answering, and answer 404 or 410 from then on.',
      plan: (context) => {
        const { read, remove, list } = context.resource ?? {}
        if (!remove) return []
        return planChain(context, (item) => [
          item(remove),
          ...[read, list].flatMap((sample) => (sample ? [item(sample)] : [])),
          { ...item(remove), copy: 1 },
        ])
      },
      judge: (exchanges, context) => {
        const { read, list, remove, parameter } = context.resource ?? {}
        return judgeChain(2, (chain) => {
          const [created, removed, ...later] = chain
          if (!created || !removed || !isSuccess(removed))
            return removed ? findBadStatuses([removed], { pass: ['2xx'] }) : []
          const [again] = later.slice(-1)
          const reading = read ? later.slice(0, 1) : []
          const [listing] = list ? later.slice(read ? 1 : 0, read ? 2 : 1) : []
          const id = context.resource && readExpressions(created, placesOf(context.resource) ?? [])
          const isListed = listIn(listing)?.some(
            (one) => isObject(one) && ['id', parameter ?? ''].some((name) => toText(one[name]) === id),
          )
          const isDocumented = remove && '404' in remove.operation.responses
          return [
            ...findBadStatuses(reading, { pass: [404, 410] }),
            ...findBadStatuses(again ? [again] : [], { pass: isDocumented ? [404, 410, 204] : ['2xx', 404, 410] }),
            ...(isListed && listing
              ? [
                  {
                    severity: 'fail' as const,
                    message: 'saw the removed item in the list, expected it to be gone',
                    exchange: listing,
                  },
                ]
              : []),
          ]
        })(exchanges, context)
      },
    },
    {
      id: 'ST-06',
      title: 'A change is seen, and nothing else changes',
      harm: 'wrong-data',
      for: 'change',
      source: 'RFC 9110, section 9.3.4; RFC 5789, section 2',
      remediation: 'Store the whole change before answering; PATCH keeps what it does not name.',
      plan: (context) => {
        const { read } = context.resource ?? {}
        const sample = sampleOf(context)
        const body = varyBody(sample, context)
        if (!read || !body) return []
        const part = sample.operation.method === 'PATCH' ? toPart(body, context) : toMinimal(context)
        return planChain(context, (item) => [
          item(read),
          item(sample, { body }),
          item(read),
          ...(part ? [item(sample, { body: part }), item(read)] : []),
        ])
      },
      judge: judgeChain(4, (chain, context) => {
        const sample = sampleOf(context)
        const [, before, changed, after, partly, last] = chain
        if (!before || !changed || !after || !isSuccess(changed)) return []
        const written = writtenIn(sample, changed)
        const old = itemIn(parseJson(before), written)
        const kept = Object.entries(isObject(old) ? old : {}).filter(
          ([name]) =>
            !(name in written) && !volatile.test(name) && !/version|etag|revision|modified|updated/i.test(name),
        )
        const identity = Object.fromEntries(
          kept.filter(([name]) => name === 'id' || name === context.resource?.parameter),
        )
        const isPatch = sample.operation.method === 'PATCH'
        return [
          ...compare(context, { ...written, ...identity }, changed, 'the change'),
          ...compare(context, { ...written, ...identity }, after, 'the change'),
          ...(isPatch ? compare(context, Object.fromEntries(kept), after, 'what the change does not name') : []),
          ...(partly && last && isSuccess(partly) ? judgePart(written, partly, last, context) : []),
          ...judgeNewTag(before, after),
        ]
      }),
    },
    {
      id: 'ST-07',
      title: 'A rejected change changes nothing',
      harm: 'wrong-data',
      for: 'change',
      source: 'RFC 9110, section 15.5',
      remediation: 'Validate the whole request before storing any of it.',
      plan: (context) => {
        const { read } = context.resource ?? {}
        const body = varyBody(sampleOf(context), context)
        const [invalid] = planBodyViolations(context, ({ keyword }) => keyword === 'type').slice(-1)
        if (!read || !body || !invalid?.body) return []
        return planChain(context, (item) => [{ ...item(sampleOf(context)), body: invalid.body }, item(read)])
      },
      judge: judgeChain(3, ([created, rejected, after], context) => {
        const { create } = context.resource ?? {}
        if (!created || !rejected || !after || !create || isSuccess(rejected)) return []
        return compare(context, writtenIn(create, created), after, 'the item as before')
      }),
    },
    {
      id: 'ST-08',
      title: 'Reading changes nothing',
      harm: 'wrong-data',
      for: 'read',
      source: 'RFC 9110, section 9.2.1',
      remediation: 'Keep the handlers of GET free of side effects.',
      plan: (context) => [{ ...context.valid(), next: [context.valid()] }],
      judge: judgeChain(2, ([first, second]) => {
        if (!first || !second) return []
        if (first.response?.status !== second.response?.status)
          return findBadStatuses([second], { pass: [first.response?.status ?? 200] })
        const [one, other] = [parseJson(first), parseJson(second)]
        if (!isObject(one) || !isObject(other)) return []
        const name = Object.keys(one).find(
          (key) => !volatile.test(key) && findDifference(one[key], other[key]) !== undefined,
        )
        return name === undefined
          ? []
          : [{ severity: 'fail', message: `saw another ${name}, expected the same as before`, exchange: second }]
      }),
    },
    {
      id: 'ST-09',
      title: 'An uploaded file has the same bytes when it is read',
      harm: 'wrong-data',
      for: 'upload',
      source: 'RFC 7578, section 4.4; RFC 9110, section 9.3.1',
      remediation: 'Treat a file as bytes: never decode it as text.',
      plan: (context) => {
        const { content, resource } = context
        const sample = sampleOf(context)
        if (!content) return []
        if (resource?.create === sample) return planChain(context, (item) => [item(content)])
        return [{ ...toRequest(sample), writes: true, next: [toRequest(content)] }]
      },
      judge: judgeChain(2, ([created, content]) => {
        const { body } = created?.request.plan ?? {}
        if (!body || !content || !isSuccess(content))
          return content ? findBadStatuses([content], { pass: ['2xx'] }) : []
        const sent = 'parts' in body ? body.parts.find(({ filename }) => filename !== undefined)?.value : body.bytes
        const isSame = sent === undefined || content.response?.body.equals(Buffer.from(sent as Uint8Array))
        return isSame
          ? []
          : [{ severity: 'fail', message: 'saw other bytes, expected those of the file', exchange: content }]
      }),
    },
    {
      id: 'ST-10',
      title: 'An action that is done gets 409 where that is documented',
      harm: 'wrong-data',
      for: 'item',
      source: 'RFC 9110, section 15.5.10; OpenAPI description, responses: 409',
      remediation: 'Look at the state of the item before the action, and answer 409 if it is done.',
      plan: (context) => {
        const sample = sampleOf(context)
        const { operation, bindings } = sample
        const [name, { from, places } = {}] = Object.entries(bindings).at(-1) ?? []
        const isAction = operation.method === 'POST' && '409' in operation.responses && !operation.path.endsWith('}')
        if (!isAction || name === undefined || typeof from !== 'object' || !from.writes || !places) return []
        const own = { ...sample, bindings: { ...bindings, [name]: { from: 0, places } } }
        const action = { ...toRequest(own), writes: true as const }
        return [{ ...from, next: [action, { ...action, copy: 1 }] }]
      },
      judge: ([, first, second], { contract, operation }) => {
        if (!first || !second || !isSuccess(first)) return []
        const { responses = {} } = findOperationObject(contract.description, operation) ?? {}
        const { description } = resolveReference(contract.description, responses['409'] ?? { description: '' })
        // Other conflicts have other reasons; then a repetition may succeed.
        return findBadStatuses([second], {
          pass: [409],
          note: ['4xx', ...(/already|twice|again/i.test(description) ? [] : ['2xx'])],
        })
      },
    },
  ],
  ['behavior'],
)

/** Judges a second change with fewer properties: PATCH keeps the others, and PUT resets them. */
function judgePart(written: Record<string, unknown>, partly: Exchange, last: Exchange, context: Context): Finding[] {
  const { operation, body } = sampleOf(context)
  const named = writtenIn(sampleOf(context), partly)
  if (operation.method === 'PATCH')
    return compare(context, { ...written, ...named }, last, 'what the change does not name')
  const shown = itemIn(parseJson(last), written)
  const first = isObject(body?.value) ? body.value : {}
  // A value that varies is no default of the server.
  const kept = Object.keys(written).find(
    (name) =>
      !(name in named) &&
      isObject(shown) &&
      name in shown &&
      findDifference(first[name], written[name]) !== undefined &&
      findDifference(written[name], shown[name]) === undefined,
  )
  if (kept === undefined || !isSuccess(last)) return []
  return [{ severity: 'fail', message: `saw the old ${kept}, expected PUT to replace the whole item`, exchange: last }]
}

/** Returns the first property of a change that is a valid change alone. */
function toPart(body: Record<string, unknown>, context: Context): Record<string, unknown> | undefined {
  const { mediaType = '' } = sampleOf(context).body ?? {}
  const schema = context.contract.schemas[context.operation.operationId]?.request[mediaType]
  const parts = Object.keys(body).length > 1 ? Object.entries(body).map(([name, value]) => ({ [name]: value })) : []
  return parts.find((part) => schema && context.schemaJudge(schema, part).length === 0)
}

/** Judges the size that the response to an upload tells. */
function judgeSize(created: Exchange): Finding[] {
  const { body } = created.request.plan
  const files = body && 'parts' in body ? body.parts.filter(({ filename }) => filename !== undefined) : []
  const [file] = files
  const shown = parseJson(created)
  if (!file || files.length > 1 || !isSuccess(created) || !isObject(shown)) return []
  const [name, size] =
    Object.entries(shown).find(([key]) => /^(file_?)?(size|bytes|length)(_?in_?bytes)?$/i.test(key)) ?? []
  const length = Buffer.byteLength(file.value)
  if (typeof size !== 'number' || size === length) return []
  return [
    { severity: 'fail', message: `saw ${name} ${size}, expected the ${length} bytes of the file`, exchange: created },
  ]
}

/** Judges that another representation has another ETag (RFC 9110, section 8.8.3). */
function judgeNewTag(before: Exchange, after: Exchange): Finding[] {
  const [old, now] = [before, after].map(({ response }) => headerOf(response, 'etag'))
  if (old === undefined || old !== now || !matchesStatus(after.response?.status, [200])) return []
  return [
    {
      severity: 'fail',
      about: 'headers',
      message: 'saw the ETag of the item before the change, expected another',
      exchange: after,
    },
  ]
}
