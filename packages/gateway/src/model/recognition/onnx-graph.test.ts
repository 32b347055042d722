import { readWeights } from '@livepeer-ai/model'
import { expect, test } from 'vitest'
import { detachVocabulary, readDecoderShape } from './onnx-graph.ts'

test('readDecoderShape() reads layers, heads and head size from a graph', async () => {
  expect(readDecoderShape(await readWeights('decoder'))).toEqual({ layers: 6, heads: 8, headSize: 36 })
})

test('readDecoderShape() refuses the graph of another model', async () => {
  const other = await readWeights('voiceActivity')
  expect(() => readDecoderShape(other)).toThrow('it is no Moonshine model')
})

test('detachVocabulary() takes the table out of both subgraphs', async () => {
  const model = await readWeights('decoder')
  const detached = detachVocabulary(model)
  expect([detached?.table.length, detached?.size]).toEqual([32_768 * 288, 288])
  const text = Buffer.from(detached?.model ?? '').toString('latin1')
  expect(text).not.toContain('weight_transposed_DequantizeLinear')
})

test('detachVocabulary() leaves another model as it is', async () => {
  expect(detachVocabulary(await readWeights('voiceActivity'))).toBeUndefined()
})
