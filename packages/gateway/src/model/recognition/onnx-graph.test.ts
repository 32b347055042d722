import { readWeights } from '@livepeer-ai/model'
import { expect, test } from 'vitest'
import { readDecoderShape } from './onnx-graph.ts'

test('readDecoderShape() reads layers, heads and head size from a graph', async () => {
  expect(readDecoderShape(await readWeights('decoder'))).toEqual({ layers: 6, heads: 8, headSize: 36 })
})

test('readDecoderShape() refuses the graph of another model', async () => {
  const other = await readWeights('voiceActivity')
  expect(() => readDecoderShape(other)).toThrow('it is no Moonshine model')
})
