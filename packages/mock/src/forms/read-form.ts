import { isObject, type Encoding, type MediaType } from '@livepeer-ai/openapi'
import { isJson, type Body } from '@livepeer-ai/server'
import type { FileNotes } from '../calls/noted-form.ts'
import { parseJson, readText } from './read-text.ts'
import type { SchemaReader } from './schema-types.ts'

export type Form = Pick<Body<FileNotes>, 'texts' | 'files'>

/** Returns the value of a form, with the types that the schema of the form describes. */
export function readForm(form: Form, { schema, encoding = {} }: MediaType, reader: SchemaReader): unknown {
  const entries: [name: string, value: unknown][] = []
  const taken = new Set<string>()
  for (const [name, property] of Object.entries(encoding)) {
    const own = reader.propertyOf(schema, name)
    const members = own && listMembers(form, name, property, Object.keys(own['properties'] ?? {}))
    if (!members?.length) continue
    for (const { key } of members) taken.add(key)
    entries.push([name, nest(members, own, reader)])
  }
  for (const name of new Set([...form.texts, ...form.files].map((part) => part.name))) {
    if (taken.has(name)) continue
    const own = reader.propertyOf(schema, name) ?? toAdditional(reader.resolve(schema)['additionalProperties'])
    const part = readPart(form, name, own, encoding[name], reader)
    if (part !== undefined) entries.push([name, part])
  }
  // Any name is a property of its own, `__proto__` too.
  return Object.fromEntries(entries)
}

const toAdditional = (schema: unknown) => (isObject(schema) ? schema : { type: 'string' })

function readPart(
  { texts, files }: Form,
  name: string,
  schema: unknown,
  encoding: Encoding | undefined,
  reader: SchemaReader,
): unknown {
  const types = reader.typesOf(schema)
  const sent = [
    // An input element without a choice sends an empty file without a name.
    ...files.filter((file) => file.name === name && (file.size || file.filename)).map((file) => fileReader(file)),
    ...texts.filter((text) => text.name === name).map((text) => textReader(text, encoding)),
  ]
  const isList = types.has('array') && (sent.length > 1 || !(types.has('string') || types.has('object')))
  if (!isList) return sent.at(-1)?.(schema, reader)
  const items = reader.itemsOf(schema)
  const only = texts.find((text) => text.name === name)
  const list = sent.length === 1 && only ? splitList(only.value, items, encoding, reader) : undefined
  return list ?? sent.map((read) => read(items, reader))
}

type Read = (schema: unknown, reader: SchemaReader) => unknown

/** Returns a reader of a file: of its JSON, or of a text of its length in its place. */
function fileReader({ size, value }: Form['files'][number]): Read {
  return (schema, reader) => {
    if (value.json !== undefined) return readText(value.json, schema, reader)
    return 'x'.repeat(reader.isMeasured(schema) ? size : Math.min(size, 1))
  }
}

function textReader({ value, mediaType }: Form['texts'][number], encoding: Encoding | undefined): Read {
  return (schema, reader) => {
    const json = isJson(mediaType) || isJson(encoding?.contentType ?? '') ? parseJson(value) : undefined
    return json === undefined ? readText(value, schema, reader) : json
  }
}

const separators: Record<string, RegExp> = { form: /,/, spaceDelimited: / |%20/, pipeDelimited: /\|/ }

/** Returns the items of a list that was sent as one text, or undefined if the text is an item. */
function splitList(
  text: string,
  items: unknown,
  encoding: Encoding | undefined,
  reader: SchemaReader,
): unknown[] | undefined {
  const { contentType = '', style, explode = (style ?? 'form') === 'form' } = encoding ?? {}
  const types = reader.typesOf(items)
  if (isJson(contentType) || types.has('object') || !types.has('string')) {
    const list = [text, `[${text}]`].map(parseJson).find((value) => Array.isArray(value))
    if (list !== undefined) return list as unknown[]
  }
  if (explode) return undefined
  return text === '' ? [] : text.split(separators[style ?? 'form'] ?? /,/).map((item) => readText(item, items, reader))
}

interface Member {
  key: string
  path: string[]
  text: string
}

/** Returns the members of an object that was sent as parts of their own, or within one part. */
function listMembers({ texts }: Form, name: string, { style, explode }: Encoding, properties: string[]): Member[] {
  if (style === 'deepObject')
    return texts.flatMap(({ name: key, value: text }) => {
      const [, rest] = key.startsWith(`${name}[`) ? (/^((?:\[[^\]]*\])+)$/.exec(key.slice(name.length)) ?? []) : []
      return rest === undefined ? [] : [{ key, path: rest.slice(1, -1).split(']['), text }]
    })
  if (style !== 'form' || !properties.length) return []
  if (explode !== false)
    return texts
      .filter(({ name: key }) => key !== name && properties.includes(key))
      .map(({ name: key, value: text }) => ({ key, path: [key], text }))
  const pairs = texts.findLast(({ name: key }) => key === name)?.value.split(',') ?? []
  return pairs.flatMap((key, index) => (index % 2 ? [] : [{ key: name, path: [key], text: pairs[index + 1] ?? '' }]))
}

/** Returns the object, or the list, that members with paths make up. */
function nest(members: readonly Pick<Member, 'path' | 'text'>[], schema: unknown, reader: SchemaReader): unknown {
  const types = reader.typesOf(schema)
  const isList = types.has('array') && !types.has('object')
  const groups = new Map<string, { path: string[]; text: string }[]>()
  for (const [
    index,
    {
      path: [key = '', ...path],
      text,
    },
  ] of members.entries()) {
    const group = key === '' ? String(index) : key
    groups.set(group, [...(groups.get(group) ?? []), { path, text }])
  }
  const entries = [...groups].map(([key, group]): [string, unknown] => {
    const own = isList ? reader.itemsOf(schema) : reader.propertyOf(schema, key)
    const inner = group.filter(({ path }) => path.length)
    return [key, inner.length ? nest(inner, own, reader) : readText(group.at(-1)?.text ?? '', own, reader)]
  })
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}
