import { isObject, resolveReference, type OpenAPI, type RequestBody, type Schema } from '@livepeer-ai/openapi'
import { selfContained } from '../description/self-contained.ts'
import type { Binding, RequestPlan } from '../request-plan.ts'
import { listEntries, type Entry } from './entry.ts'
import { findSources } from './find-source.ts'
import { keyOf, listParameters, type Parameter } from './parameters.ts'
import type { Sample, SampleBody } from './sample.ts'
import { toRequest } from './to-request.ts'
import { flattenSchema } from './values/flatten-schema.ts'
import { exampleOf, generateValue, isReadOnly } from './values/generate-value.ts'
import { makeFile } from './values/make-file.ts'

/** The values of a valid request in a file of samples. */
export interface SampleEntry {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  header?: Record<string, unknown>
  cookie?: Record<string, unknown>
  body?: unknown
}

export interface SampleOptions {
  /** Returns the problems of a value; none if it fits the schema. */
  schemaJudge: (schema: Schema, value: unknown) => readonly unknown[]
  /** True if operations may be called that change data. */
  allowWrites: boolean
  /** By operationId. */
  file?: Readonly<Record<string, SampleEntry>> | undefined
}

/** Returns the valid request of each operation, by operationId. */
export function makeSamples(description: OpenAPI, options: SampleOptions): Map<string, Sample> {
  return new SampleMaker(description, options).makeAll()
}

class SampleMaker {
  readonly #description: OpenAPI
  readonly #options: SampleOptions
  readonly #entries: Entry[]
  readonly #samples = new Map<string, Sample | undefined>()

  constructor(description: OpenAPI, options: SampleOptions) {
    this.#description = description
    this.#options = options
    this.#entries = listEntries(description)
  }

  makeAll(): Map<string, Sample> {
    return new Map(
      this.#entries.flatMap((entry) => {
        const sample = this.#sampleOf(entry)
        return sample ? [[entry.operation.operationId, sample] as const] : []
      }),
    )
  }

  /** Returns undefined for an operation whose parameters come from itself. */
  #sampleOf(entry: Entry): Sample | undefined {
    const { operationId } = entry.operation
    if (!this.#samples.has(operationId)) {
      this.#samples.set(operationId, undefined)
      this.#samples.set(operationId, this.#make(entry))
    }
    return this.#samples.get(operationId)
  }

  #make(entry: Entry): Sample {
    const { operation, source } = entry
    const given = this.#options.file?.[operation.operationId]
    const parameters = listParameters(this.#description, operation.path, source)
    const problems: string[] = []
    const values: Record<string, unknown> = {}
    const bindings: Record<string, Binding> = {}
    for (const parameter of parameters) {
      const scenario = given?.[parameter.in]?.[parameter.name]
      const binding = scenario === undefined && parameter.in === 'path' ? this.#bind(entry, parameter) : undefined
      if (binding) bindings[parameter.name] = binding
      else if (scenario !== undefined || parameter.required)
        values[keyOf(parameter)] = scenario ?? this.#valueOf(parameter, operation.operationId, problems)
    }
    const body = this.#makeBody(entry, given, problems)
    if (body && body.origin === 'schema') Object.assign(bindings, this.#bindBody(entry, body.sample))
    return {
      description: this.#description,
      operation,
      source,
      parameters,
      values,
      bindings,
      body: body?.sample,
      origin: given ? 'scenario' : (body?.origin ?? 'schema'),
      problem: problems[0],
    }
  }

  /** Returns the source of a path parameter that must exist. */
  #bind(entry: Entry, { name }: Pick<Parameter, 'name'>): Binding | undefined {
    const sources = findSources(this.#description, this.#entries, entry, name)
    const { allowWrites } = this.#options
    // A list may be empty; an item of one's own is there, and no one else uses it.
    const [source] = sources.toSorted(
      (one, other) => (Number(other.creates) - Number(one.creates)) * (allowWrites ? 1 : -1),
    )
    const sample = source && this.#sampleOf(source.entry)
    if (!sample || sample.problem !== undefined) return undefined
    const isHarmless = !source.creates || sample.source['x-conformance'] === 'repeatable'
    const from: RequestPlan = { ...toRequest(sample), writes: isHarmless ? undefined : true }
    return { from, places: source.places }
  }

  /** Returns the sources of the properties that name an item of another collection. */
  #bindBody({ operation }: Entry, { mediaType, value }: SampleBody): Record<string, Binding> {
    if (!/[/+]json/.test(mediaType) || !isObject(value)) return {}
    const found = Object.entries(value).flatMap(([name, member]): [string, Binding][] => {
      const [, noun = ''] = /^(\w+?)(?:Id|ID|_id)$/.exec(name) ?? []
      const item = this.#entries.find(
        (one) => new RegExp(`/${noun}(s|es)?/\\{[^}]+\\}$`, 'i').test(one.operation.path) && noun !== '',
      )
      if (!item || item.operation.path.startsWith(operation.path)) return []
      const parameter = item.operation.path.slice(item.operation.path.lastIndexOf('{') + 1, -1)
      const binding = this.#bind(item, { name: parameter })
      return binding ? [[name, { ...binding, instead: JSON.stringify(member) }]] : []
    })
    return Object.fromEntries(found)
  }

  #valueOf(parameter: Parameter, operationId: string, problems: string[]): unknown {
    const { schema, example, name, in: place } = parameter
    const description = this.#description
    const value = example ?? generateValue(schema, { description }, name)
    const [problem] = this.#options.schemaJudge(selfContained(description, schema, 'request'), value)
    const isExample = example !== undefined || exampleOf(flattenSchema(description, schema).keywords) !== undefined
    const isGuess = place === 'path' && !isExample && !flattenSchema(description, schema).keywords['enum']
    if (problem || isGuess)
      problems.push(
        `there is no valid value for the ${place} parameter ${name}: add \`${operationId}: { ${place}: { ${name}: … } }\` to the file of --samples`,
      )
    return value
  }

  #makeBody(
    { operation, source }: Entry,
    given: SampleEntry | undefined,
    problems: string[],
  ): { sample: SampleBody; origin: Sample['origin'] } | undefined {
    if (!source.requestBody) return undefined
    const { content } = resolveReference<RequestBody>(this.#description, source.requestBody)
    const mediaType = preferredTypes.map((one) => Object.keys(content).find((type) => one.test(type))).find(Boolean)
    if (mediaType === undefined) return undefined
    const { schema, encoding = {}, ...media } = content[mediaType] ?? {}
    const files = mediaType === 'multipart/form-data' ? this.#listFiles(schema, encoding) : {}
    const candidates: [Sample['origin'], unknown][] = [
      ['scenario', given?.body],
      ['example', media.example],
      ...Object.values(media.examples ?? {}).map((one): [Sample['origin'], unknown] => [
        'example',
        (resolveReference(this.#description, one) as { value?: unknown }).value,
      ]),
      ['schema', this.#generate(mediaType, schema, false)],
      ['schema', this.#generate(mediaType, schema, true)],
    ]
    const checked = schema && selfContained(this.#description, schema, 'request')
    const isValid = (value: unknown) =>
      value instanceof Uint8Array || !checked || this.#options.schemaJudge(checked, value).length === 0
    const found = candidates.find(([, value]) => value !== undefined && isValid(value))
    if (!found)
      problems.push(
        `no valid body could be made: add \`${operation.operationId}: { body: … }\` to the file of --samples`,
      )
    const [origin, value] = found ?? ['schema' as const, {}]
    return { sample: { mediaType, schema, value, files }, origin }
  }

  #generate(mediaType: string, schema: Schema | undefined, ignoresExamples: boolean): unknown {
    const isText = /json|form|text/.test(mediaType)
    if (!isText) return makeFile(mediaType).bytes
    return schema ? generateValue(schema, { description: this.#description, ignoresExamples }) : {}
  }

  /** Returns the media type of each part that is a file. */
  #listFiles(schema: Schema | undefined, encoding: Record<string, { contentType?: string }>): Record<string, string> {
    const { properties } = flattenSchema(this.#description, schema ?? {})
    return Object.fromEntries(
      Object.entries(properties).flatMap(([name, property]) => {
        const { type, items, keywords } = flattenSchema(this.#description, property)
        const inner = type === 'array' ? flattenSchema(this.#description, items).keywords : keywords
        if (isReadOnly(property, this.#description)) return []
        const { format, contentMediaType } = inner as { format?: string; contentMediaType?: string }
        const declared = encoding[name]?.contentType ?? contentMediaType
        if (format !== 'binary' && contentMediaType === undefined) return []
        return [[name, declared ?? 'application/octet-stream']]
      }),
    )
  }
}

/** The media types of a body, the most testable first. */
const preferredTypes = [/^application\/json/, /[/+]json/, /^multipart\/form-data/, /x-www-form-urlencoded/, /.*/]
