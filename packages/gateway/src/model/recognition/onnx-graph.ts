/** Field numbers of onnx.proto, by message. */
const fields = {
  model: { graph: 7 },
  graph: { node: 1, initializer: 5, input: 11, output: 12 },
  node: { input: 1, output: 2, operator: 4, attribute: 5 },
  attribute: { graph: 6 },
  valueInfo: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensor: { elementType: 1, shape: 2 },
  weights: { dimensions: 1, elementType: 2, name: 8, bytes: 9 },
  shape: { dimension: 1 },
  dimension: { value: 1 },
}

const lengthDelimited = 2
const float = 1
const unsignedByte = 2

interface Field {
  number: number
  /** The value of a varint, or the length of a length-delimited field; 0 for others. */
  value: number
  /** The content of a length-delimited field; empty for others. */
  content: Uint8Array
  /** The whole field with its tag. */
  bytes: Uint8Array
}

/** The inner value by the name that the exporter gave it. */
const softmax = (layer: number) => `/model/decoder/layers.${layer}/encoder_attn/Softmax_output_0`

/**
 * The output with the cross-attention of a layer: by head, how much the token attends to each
 * frame.
 */
export const crossAttention = (layer: number): string => `cross_attention.${layer}`

/**
 * Adds the cross-attention weights of some layers to the outputs of the decoder's graph. The
 * decoder is one `If` with two subgraphs (with and without a cache). A value must be an output of
 * both subgraphs, of the `If` at the same place, and of the graph.
 */
export function exposeCrossAttention(model: Uint8Array, layers: number[]): Uint8Array {
  const addOutputs = (graph: Chunks, name: (layer: number) => string) => [
    ...graph,
    ...layers.flatMap((layer) => field(fields.graph.output, floatTensor(name(layer)))),
  ]

  const patchAttribute = (attribute: Uint8Array) =>
    replace(attribute, fields.attribute.graph, (subgraph) => addOutputs([subgraph], softmax))
  const patchNode = (node: Uint8Array) => {
    const patched = replace(node, fields.node.attribute, patchAttribute)
    return [...patched, ...layers.flatMap((layer) => field(fields.node.output, [text(crossAttention(layer))]))]
  }
  const patched = replace(model, fields.model.graph, (graph) => {
    const nodes = [...readFields(graph)].filter(({ number }) => number === fields.graph.node)
    if (nodes.length !== 1) throw new Error(`The decoder has ${nodes.length} outermost nodes, not one If.`)
    return addOutputs(replace(graph, fields.graph.node, patchNode), crossAttention)
  })
  return Buffer.concat(patched)
}

/** The shape of a decoder. */
export interface DecoderShape {
  layers: number
  heads: number
  headSize: number
}

const keyInput = /^past_key_values\.\d+\.decoder\.key$/

/** Reads the shape of a decoder from the inputs of its graph: [batch, heads, tokens, head size]. */
export function readDecoderShape(model: Uint8Array): DecoderShape {
  const inputs = contentsOf(contentsOf([model], fields.model.graph), fields.graph.input)
  const keys = inputs.filter((input) => keyInput.test(contentsOf([input], fields.valueInfo.name).map(toText).join('')))
  const tensors = contentsOf(contentsOf(keys.slice(0, 1), fields.valueInfo.type), fields.type.tensor)
  const dimensions = contentsOf(contentsOf(tensors, fields.tensor.shape), fields.shape.dimension)
  // A dimension with a name in place of a value varies.
  const [, heads = 0, , headSize = 0] = dimensions.map(
    (dimension) => [...readFields(dimension)].find(({ number }) => number === fields.dimension.value)?.value ?? 0,
  )
  if (heads === 0 || headSize === 0)
    throw new Error(
      'The decoder has no inputs past_key_values.N.decoder.key of a known size: it is no Moonshine model.',
    )
  return { layers: keys.length, heads, headSize }
}

/** The name of the output with the likelihood of each token. */
export const logits = 'logits'

/** A decoder without its vocabulary, which is a table with `size` bytes for each token. */
export interface DetachedVocabulary {
  /** Its output `logits` is the state that the table is multiplied with. */
  model: Uint8Array
  table: Uint8Array
  size: number
}

/**
 * Takes the vocabulary out of a decoder: the table at the end of both subgraphs. Returns undefined
 * if it is no table of unsigned bytes with one scale.
 */
export function detachVocabulary(model: Uint8Array): DetachedVocabulary | undefined {
  const graphs = contentsOf([model], fields.model.graph)
  const weights = new Map(
    contentsOf(graphs, fields.graph.initializer).map((one) => [namesOf(one, fields.weights.name)[0], one]),
  )
  const attributes = contentsOf(contentsOf(graphs, fields.graph.node), fields.node.attribute)
  const [projection, ...others] = contentsOf(attributes, fields.attribute.graph).map(findProjection)
  const table = weights.get(projection?.table)
  const scale = weights.get(projection?.scale)
  if (!table || !scale || others.some((other) => other?.table !== projection?.table)) return undefined
  const valuesOf = (number: number) => [...readFields(table)].filter((one) => one.number === number)
  const [, size = 0] = valuesOf(fields.weights.dimensions).map(({ value }) => value)
  const [type] = valuesOf(fields.weights.elementType).map(({ value }) => value)
  const [bytes] = contentsOf([table], fields.weights.bytes)
  const hasScales = [...readFields(scale)].some(({ number }) => number === fields.weights.dimensions)
  if (!bytes || type !== unsignedByte || hasScales || size === 0 || size % 16 > 0) return undefined
  return { model: Buffer.concat(replace(model, fields.model.graph, withoutProjection)), table: bytes, size }
}

interface Projection {
  /** The names of the values: the state, the table of bytes and its scale. */
  state: string
  table: string | undefined
  scale: string | undefined
  /** The values on the way from the table to the logits. */
  values: string[]
}

/** Finds the nodes that compute the logits: MatMul(state, DequantizeLinear(Transpose(table))). */
function findProjection(subgraph: Uint8Array): Projection | undefined {
  const nodes = contentsOf([subgraph], fields.graph.node)
  const find = (operator: string, output: string | undefined) => {
    const node = nodes.find((one) => namesOf(one, fields.node.output)[0] === output)
    return node && namesOf(node, fields.node.operator)[0] === operator ? namesOf(node, fields.node.input) : []
  }
  const [state, floats] = find('MatMul', logits)
  const [bytes, scale] = find('DequantizeLinear', floats)
  const [table] = find('Transpose', bytes)
  if (state === undefined || floats === undefined || bytes === undefined) return undefined
  return { state, table, scale, values: [logits, floats, bytes] }
}

function withoutProjection(graph: Uint8Array): Chunks {
  const patchSubgraph = (subgraph: Uint8Array): Chunks => {
    const { state = logits, values = [] } = findProjection(subgraph) ?? {}
    const isKept = (node: Uint8Array) => !values.includes(namesOf(node, fields.node.output)[0] ?? '')
    return rewrite(withOutput(subgraph, state), fields.graph.node, (node) =>
      isKept(node) ? field(fields.graph.node, [node]) : [],
    )
  }
  const patchNode = (node: Uint8Array) =>
    replace(node, fields.node.attribute, (attribute) => replace(attribute, fields.attribute.graph, patchSubgraph))
  return replace(withOutput(graph, logits), fields.graph.node, patchNode)
}

/** Puts another value in the place of the logits, of any shape. */
function withOutput(graph: Uint8Array, name: string): Uint8Array {
  return Buffer.concat(
    replace(graph, fields.graph.output, (output) =>
      namesOf(output, fields.valueInfo.name)[0] === logits ? floatTensor(name) : [output],
    ),
  )
}

function namesOf(message: Uint8Array, number: number): string[] {
  return contentsOf([message], number).map(toText)
}

/** Returns the contents of all fields with that number. */
function contentsOf(messages: readonly Uint8Array[], number: number): Uint8Array[] {
  return messages.flatMap((message) =>
    [...readFields(message)].flatMap((one) => (one.number === number ? [one.content] : [])),
  )
}

/** Parts of a message in order. The weights in them are large, so they are copied only once. */
type Chunks = Uint8Array[]

/** A ValueInfoProto of a tensor without a shape. */
function floatTensor(name: string): Chunks {
  const elementType = Buffer.from([(fields.tensor.elementType << 3) | 0, float])
  return [
    ...field(fields.valueInfo.name, [text(name)]),
    ...field(fields.valueInfo.type, field(fields.type.tensor, [elementType])),
  ]
}

/** Replaces the content of every field with that number. */
function replace(message: Uint8Array, number: number, change: (content: Uint8Array) => Chunks): Chunks {
  return rewrite(message, number, (content) => field(number, change(content)))
}

/** Replaces every field with that number. */
function rewrite(message: Uint8Array, number: number, change: (content: Uint8Array) => Chunks): Chunks {
  return [...readFields(message)].flatMap((source) =>
    source.number === number ? change(source.content) : [source.bytes],
  )
}

/**
 * Protocol Buffers: a tag (field number and wire type), then a varint, 8 bytes, a length and as
 * many bytes, or 4 bytes.
 */
function* readFields(message: Uint8Array): Generator<Field> {
  let offset = 0
  while (offset < message.length) {
    const tag = readVarint(message, offset)
    const start = offset
    const wireType = tag.value % 8
    const value = wireType === 0 || wireType === lengthDelimited ? readVarint(message, tag.end) : undefined
    const content = value && wireType === lengthDelimited ? message.subarray(value.end, value.end + value.value) : none
    offset = (value?.end ?? tag.end + (wireType === 1 ? 8 : 4)) + content.length
    yield {
      number: Math.floor(tag.value / 8),
      value: value?.value ?? 0,
      content,
      bytes: message.subarray(start, offset),
    }
  }
}

const none = new Uint8Array()
const text = (value: string) => Buffer.from(value, 'utf8')
const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')

function field(number: number, content: Chunks): Chunks {
  const length = content.reduce((sum, chunk) => sum + chunk.length, 0)
  return [varint(number * 8 + lengthDelimited), varint(length), ...content]
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Uint8Array.from([...bytes, rest])
}

function readVarint(bytes: Uint8Array, offset: number): { value: number; end: number } {
  let value = 0
  let end = offset
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[end] ?? 0
    end++
    value += (byte & 127) * scale
    if (byte < 128) return { value, end }
  }
}
