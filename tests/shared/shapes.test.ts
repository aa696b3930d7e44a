import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorSentence } from '../../src-shared/errors/index.ts'
import { defaultValues, type FieldValue, type FieldValues } from '../../src-shared/fields.ts'
import type { LayerNode, ModelDocument } from '../../src-shared/model/document.ts'
import { eventsCnn, eventsResnet } from '../../src-shared/model/eventNetworks.ts'
import { findLayer, layerDefinitions } from '../../src-shared/model/layers/index.ts'
import { presets } from '../../src-shared/model/presets.ts'
import { fitProblem, inferModel } from '../../src-shared/model/shapes.ts'

function layer(id: string, kind: string, params: FieldValues = {}): LayerNode {
  return { id, kind, params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...params } }
}

function model(layers: LayerNode[], shape = [1, 28, 28]): ModelDocument {
  return { version: 1, name: 'test', input: { shape }, layers }
}

const codes = (document: ModelDocument) => {
  const inferred = inferModel(document)
  return [...inferred.problems, ...inferred.layers.flatMap(({ problems }) => problems)].map(
    ({ code }) => code,
  )
}

describe('inferModel', () => {
  it.each([
    ['fc-leaky-100', 79510],
    ['fc-leaky-1000', 795010],
    ['linear-lif-poisson', 7840],
    ['csnn-if', 3259200],
  ])('counts the parameters of %s', (id, count) => {
    const preset = presets.find((candidate) => candidate.id === id)
    const inferred = preset && inferModel(preset.experiment.model)
    expect(inferred).toMatchObject({ valid: true, parameterCount: count, outputShape: [10] })
  })

  it('gives every layer its shapes', () => {
    const inferred = inferModel(
      model([layer('flat', 'flatten'), layer('fc', 'linear', { outputs: 7 }), layer('n', 'if')]),
    )
    expect(inferred.layers.map(({ outputShape }) => outputShape)).toEqual([[784], [7], [7]])
  })

  it('counts what is learned of a neuron', () => {
    const params = { learnBeta: true, betaPerNeuron: true, learnThreshold: true }
    expect(inferModel(model([layer('n', 'leaky', params)], [6])).parameterCount).toBe(7)
    expect(inferModel(model([layer('n', 'leaky')], [6])).parameterCount).toBe(0)
  })

  it('finds what is wrong, on the layer that is wrong', () => {
    expect(codes(model([]))).toEqual(['model.noLayers'])
    expect(codes(model([layer('fc', 'linear'), layer('n', 'leaky')]))).toEqual(['model.shape'])
    expect(codes(model([layer('fc', 'linear')], [4]))).toEqual(['model.lastNotNeuron'])
    expect(codes(model([layer('n', 'if'), layer('n', 'if')], [4]))).toEqual(['model.duplicateId'])
    expect(codes(model([{ id: 'x', kind: 'lstm', params: {} }], [4]))).toContain('model.unknownLayer')
    expect(codes(model([layer('n', 'lif', { tau: 1 })], [4]))).toEqual(['field.range'])
  })

  it('says what is wrong with a connection, on the layer that reads', () => {
    const read = (id: string, kind: string, inputs: string[]) => ({ ...layer(id, kind), inputs })
    const end = layer('end', 'if')
    const cases: [string, LayerNode[]][] = [
      ['model.unknownInput', [read('n', 'if', ['gone']), end]],
      ['model.cycle', [read('n', 'if', ['n']), end]],
      ['model.cycle', [read('sum', 'add', ['input', 'n']), layer('n', 'if'), end]],
      ['model.laterInput', [layer('a', 'if'), read('sum', 'add', ['a', 'b']), read('b', 'if', ['a']), end]],
      ['model.repeatedInput', [layer('n', 'if'), read('sum', 'add', ['n', 'n']), end]],
      ['model.unread', [layer('n', 'if'), read('end', 'if', ['input'])]],
      ['model.inputCount', [layer('n', 'if'), read('m', 'if', ['n', 'input']), end]],
      ['model.inputCount', [layer('sum', 'add'), end]],
      ['model.reservedId', [layer('input', 'if'), end]],
    ]
    for (const [code, layers] of cases) expect(codes(model(layers, [4])), code).toContain(code)
  })

  it('wants inputs that agree where they meet', () => {
    const branches = (kind: string, other: LayerNode) =>
      inferModel(
        model(
          [
            layer('conv', 'conv2d'),
            { ...other, inputs: ['input'] },
            { ...layer('join', kind), inputs: ['conv', other.id] },
            layer('n', 'if'),
          ],
          [1, 8, 8],
        ),
      )
    const pool = layer('pool', 'maxpool2d', { kernel: 3, stride: 1 })
    const joined = branches('concat', pool)
    expect(joined.valid).toBe(true)
    expect(joined.outputShape).toEqual([(joined.layers[0].outputShape?.[0] ?? 0) + 1, 6, 6])
    const sentences = ['add', 'concat'].map((kind) =>
      branches(kind, layer('pool', 'maxpool2d'))
        .layers.flatMap(({ problems }) => problems)
        .map(({ code, data }) => errorSentence(code, data)),
    )
    expect(sentences[0]).toEqual([
      'Layer "join" (add) takes inputs of one shape, but receives 16×6×6, 1×4×4 from "conv, pool".',
    ])
    expect(sentences[1][0]).toContain('takes inputs that differ in their channels alone')
  })

  it('wants the α of Alpha above its β', () => {
    const alpha = (params: FieldValues) => model([layer('n', 'alpha', params)], [4])
    expect(codes(alpha({ alpha: 0.9, beta: 0.8 }))).toEqual([])
    expect(codes(alpha({ alpha: 0.8, beta: 0.8 }))).toEqual(['model.shape'])
  })

  it('checks the numbers of a surrogate', () => {
    const surrogate = { name: 'fast_sigmoid', slope: -1 }
    expect(codes(model([layer('n', 'leaky', { surrogate })], [4]))).toEqual(['field.range'])
    const unknown = { name: 'fast_sigmoid', slope: 25, width: 1 }
    expect(codes(model([layer('n', 'leaky', { surrogate: unknown })], [4]))).toEqual(['field.unknown'])
    const other = { name: 'ATan', alpha: 2 }
    expect(codes(model([layer('n', 'leaky', { surrogate: other })], [4]))).toEqual(['field.choice'])
  })

  it('never throws while somebody types, and every problem makes a whole sentence', () => {
    const kinds = fc.constantFrom(...layerDefinitions.map(({ kind }) => kind), 'lstm')
    const keys = fc.constantFrom(
      ...layerDefinitions.flatMap(({ fields }) => fields.map(({ key }) => key)),
      'x',
    )
    const hostile = fc.constantFrom<FieldValue>(JSON.parse('{"name":"x","toString":1}'), JSON.parse('null'))
    const value = fc.oneof<fc.MaybeWeightedArbitrary<FieldValue>[]>(
      fc.double(),
      fc.string(),
      fc.boolean(),
      fc.record({ name: fc.string() }),
      hostile,
    )
    const changed = fc
      .tuple(kinds, fc.dictionary(keys, value), fc.boolean())
      .map(([kind, params, whole]) => ({
        id: 'a',
        kind,
        params: whole ? layer('a', kind, params).params : params,
      }))
    fc.assert(
      fc.property(
        fc.array(changed, { maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (layers, shape) => {
          const inferred = inferModel(model(layers, shape))
          const problems = [...inferred.problems, ...inferred.layers.flatMap((each) => each.problems)]
          expect(inferred.valid).toBe(problems.length === 0)
          for (const { code, data } of problems) expect(errorSentence(code, data)).not.toMatch(/\{\w+\}/)
        },
      ),
    )
  })
})

describe('fitProblem', () => {
  const { model: network } = presets[0].experiment
  const inferred = inferModel(network)

  it('accepts a dataset of the shape and the classes', () => {
    expect(fitProblem(network, inferred, [1, 28, 28], 10)).toBeNull()
  })

  it('names the difference', () => {
    expect(fitProblem(network, inferred, [3, 32, 32], 10)).toMatchObject({ code: 'model.input' })
    expect(fitProblem(network, inferred, [1, 28, 28], 47)).toMatchObject({
      code: 'model.classes',
      data: { found: 10, wanted: 47 },
    })
  })
})

describe('the networks for events', () => {
  it('has maps of 34-30-15-13-6-4-2 and 256 features', () => {
    const inferred = inferModel(eventsCnn())
    expect(inferred.problems.concat(inferred.layers.flatMap(({ problems }) => problems))).toEqual([])
    const sides = inferred.layers
      .map(({ outputShape }) => outputShape?.[1])
      .filter((side) => side !== undefined)
    expect([...new Set(sides)]).toEqual([30, 15, 13, 6, 4, 2])
    expect(inferred.layers.find(({ node }) => node.id === 'fc1')?.inputShape).toEqual([256])
    expect(inferred.outputShape).toEqual([10])
  })

  it('adds 32 maps of 17×17 and 64 of 9×9 to what went into the blocks', () => {
    const inferred = inferModel(eventsResnet())
    expect(inferred.valid, JSON.stringify(inferred.layers.map(({ problems }) => problems))).toBe(true)
    const sums = inferred.layers.filter(({ node }) => node.kind === 'add')
    expect(sums.map(({ outputShape }) => outputShape)).toEqual([
      [32, 17, 17],
      [64, 9, 9],
    ])
    expect(inferred.outputShape).toEqual([10])
  })
})
