import { isObject } from '@livepeer-ai/openapi'
import { pointerTo, type Draft, type DriftChange } from '../../drift-finding.ts'
import { cleanSchema } from './clean-schema.ts'
import { changeTo, makeDraft, type CompareSchemas, type SchemaPlace } from './draft.ts'
import {
  enoughSamples,
  evidenceOf,
  flattenSchema,
  propertiesOf,
  requiredOf,
  typesOf,
  type NormalSchema,
} from './schema.ts'
import { shapeOf } from './shape.ts'

/** Compares `properties` and `required`. */
export function compareProperties(
  ours: NormalSchema,
  theirs: NormalSchema,
  place: SchemaPlace,
  compareSchemas: CompareSchemas,
): Draft[] {
  if (place.observed && !typesOf(theirs)?.includes('object')) return []
  const [ourSide, theirSide] = [toSide(ours, place), toSide(theirs, place)]
  const names = [ourSide.schemas, theirSide.schemas].flatMap((schemas) => [...schemas.keys()])
  const all = new Set([...names, ...ourSide.required, ...theirSide.required])
  return [...all].flatMap((name) => {
    const at = { ...place, pointer: pointerTo(place.pointer, 'properties', name) }
    const [our, their] = [findProperty(ourSide, name), findProperty(theirSide, name)]
    const found = classifyProperty(place, our, their, theirs)
    const draft =
      found &&
      makeDraft(at, their.isListed ? flattenSchema(their.schema) : theirs, {
        class: found[0],
        message: `${name} ${found[1]}`,
        changes: listChanges(name, place.pointer, our, their),
        shape: our.isListed || place.observed ? '' : shapeOf(their.isListed ? their.schema : {}),
      })
    const nested = our.isListed && their.isListed ? compareSchemas(our.schema, their.schema, at) : []
    return [...(draft ? [draft] : []), ...nested]
  })
}

interface Side {
  schemas: Map<string, unknown>
  required: Set<string>
}

/** A response has no property that is `writeOnly`. */
function toSide(schema: NormalSchema, { direction }: SchemaPlace): Side {
  const all = Object.entries(propertiesOf(schema))
  const isForeign = (property: unknown) =>
    direction === 'response' && isObject(property) && property['writeOnly'] === true
  const foreign = new Set(all.filter(([, property]) => isForeign(property)).map(([name]) => name))
  return {
    schemas: new Map(all.filter(([name]) => !foreign.has(name))),
    required: new Set(requiredOf(schema).filter((name) => !foreign.has(name))),
  }
}

/** One property in one of the two schemas. */
interface Property {
  schema: unknown
  /** True if `properties` has it. */
  isListed: boolean
  isRequired: boolean
  /** True if it is listed or required. */
  exists: boolean
}

function findProperty({ schemas, required }: Side, name: string): Property {
  const [isListed, isRequired] = [schemas.has(name), required.has(name)]
  return { schema: schemas.get(name), isListed, isRequired, exists: isListed || isRequired }
}

type PropertyClass = [name: Draft['class'], message: string] | undefined

function classifyProperty(
  { direction, observed }: SchemaPlace,
  our: Property,
  their: Property,
  theirs: NormalSchema,
): PropertyClass {
  if (direction === 'request') return classifyRequestProperty(our, their, theirs)
  return observed ? classifyObservedProperty(our, their, theirs) : classifyResponseProperty(our, their)
}

function classifyRequestProperty(our: Property, their: Property, theirs: NormalSchema): PropertyClass {
  if (their.isRequired && !our.isRequired) return ['request-property-became-required', 'is required']
  if (!their.exists && theirs['additionalProperties'] === false) return ['request-property-refused', 'is refused']
  if (!their.exists) return ['request-property-removed', 'is missing']
  if (!our.exists) return ['request-property-added', 'is accepted too']
  return our.isRequired && !their.isRequired ? ['request-property-became-optional', 'is optional'] : undefined
}

function classifyResponseProperty(our: Property, their: Property): PropertyClass {
  if (!our.exists) return ['response-undocumented-property', 'is not documented']
  if (our.isRequired && !their.isRequired) return classifyMissing(their)
  if (!their.exists) return ['response-optional-property-removed', 'is missing']
  return their.isRequired && !our.isRequired ? ['response-property-became-required', 'is always present'] : undefined
}

function classifyObservedProperty(our: Property, their: Property, theirs: NormalSchema): PropertyClass {
  if (!our.exists) return ['response-undocumented-property', 'is not documented']
  if (our.isRequired && !their.isRequired) return classifyMissing(their)
  const isNeverSeen = !their.exists && (evidenceOf(theirs)['x-samples'] ?? 0) >= enoughSamples
  return isNeverSeen ? ['response-optional-property-never-seen', 'was never present'] : undefined
}

const classifyMissing = ({ exists }: Property): PropertyClass => [
  'response-required-property-missing',
  exists ? 'is not always present' : 'is missing',
]

/** Returns the changes that make our schema treat a property as theirs does. */
function listChanges(name: string, pointer: string, our: Property, their: Property): DriftChange[] {
  const property = pointerTo(pointer, 'properties', name)
  const required = `${pointer}/required`
  if (!their.exists)
    return [
      ...(our.isListed ? [{ pointer: property, action: 'remove' as const }] : []),
      ...(our.isRequired ? [{ pointer: required, action: 'drop' as const, value: name }] : []),
    ]
  if (our.isListed) return [{ pointer: required, action: their.isRequired ? 'add' : 'drop', value: name }]
  return [
    changeTo(property, cleanSchema(flattenSchema(their.schema))),
    ...(their.isRequired ? [{ pointer: required, action: 'add' as const, value: name }] : []),
  ]
}
