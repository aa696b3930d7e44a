import { describe, expect, it } from 'vitest'
import { backends } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork, type NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { Backend, Batch, Executor } from '../../../src-main/engine/executor.ts'
import { lossNotFinite, parameterNotFinite } from '../../../src-main/training/notFinite.ts'
import { sentenceIn } from '../../../src-shared/errors/words.ts'
import { languageTexts } from '../../../src-shared/languages/index.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import { layer, network, numbers, valueBatch } from '../engine/fixtures.ts'

const place = { batch: 7, epoch: 2 }

/** One of everything that has parameters: 2 × 5 × 5 to 3. */
const mixed = network(
  [
    layer('conv', 'conv2d', { outputs: 18, kernel: 3 }),
    layer('norm', 'batchnorm2d'),
    layer('n1', 'rleaky', { threshold: 0.3, recurrentKernel: 3, learnBeta: true }),
    layer('flat', 'flatten'),
    layer('fc', 'linear', { outputs: 20 }),
    layer('n2', 'rleaky', { threshold: 0.3, allToAll: true, learnThreshold: true }),
    layer('out', 'linear', { outputs: 3 }),
    layer('n3', 'leaky', { threshold: 0.3, learnBeta: true, betaPerNeuron: true }),
  ],
  [2, 5, 5],
  { encoding: { kind: 'given', static: false } },
)
const plain = network(
  [
    layer('fc1', 'linear', { outputs: 20 }),
    layer('n1', 'leaky', { threshold: 0.3 }),
    layer('fc2', 'linear', { outputs: 3 }),
    layer('n2', 'leaky', { threshold: 0.3 }),
  ],
  [10],
  { encoding: { kind: 'given', static: false }, loss: defaultLoss('ce_membrane_sum') },
)

function batchOf(spec: NetworkSpec, samples = 4): Batch {
  const width = spec.model.input.shape.reduce((all, size) => all * size, 1)
  const values = numbers(spec.timeSteps * samples * width, 3, 0, 2)
  return valueBatch(values, [0, 1, 2, 0].slice(0, samples))
}

function create(backend: Backend, spec: NetworkSpec): Executor {
  return backend.create(compileNetwork(spec), 2)
}

/** Puts a number in the place of one element of a parameter. */
function poison(executor: Executor, name: string, value: number): void {
  const state = executor.readState()
  const data = state.parameters.find((parameter) => parameter.name === name)?.data
  if (!data) throw new Error(`there is no parameter "${name}"`)
  data[data.length - 1] = value
  executor.writeState(state)
}

describe.each(backends)('$id', (backend) => {
  const test = backend.unavailable() === null ? it : it.skip
  const variants: { what: string; other: Partial<NetworkSpec> }[] = [
    { what: 'as they come', other: {} },
    { what: 'clipped', other: { clipping: { kind: 'norm', params: { most: 1 } } } },
  ]

  describe.each(variants)('with gradients $what', ({ other }) => {
    const spec = { ...mixed, ...other }

    const changing = compileNetwork(spec).parameters.filter(
      ({ value, learnable }) => learnable || value.includes('running'),
    )
    test.each(changing.map(({ value, layer: id }) => ({ value, id })))(
      'tells after a step that $value is not finite',
      ({ value, id }) => {
        const executor = create(backend, spec)
        poison(executor, value, Number.NaN)
        const result = executor.train(batchOf(spec))
        // The losses of counts stay finite: a membrane that is no number never reaches its threshold.
        expect(Number.isFinite(result.loss)).toBe(true)
        // Or the neurons that it feeds: their own parameters learn from membranes that are no numbers.
        const named = executor.program.parameters.find((each) => each.value === result.notFinite)?.layer
        const ids = spec.model.layers.map((node) => node.id)
        const neurons = ids.findIndex(
          (each, i) => i >= ids.indexOf(id) && each.startsWith('n') && each !== 'norm',
        )
        expect(ids.slice(ids.indexOf(id), neurons + 1)).toContain(named)
        executor.dispose()
      },
    )

    test('finds nothing where all is finite', () => {
      const executor = create(backend, spec)
      expect(executor.train(batchOf(spec))).not.toHaveProperty('notFinite')
      executor.dispose()
    })
  })

  test('makes no step of a loss that is not finite, and names the layer whose membrane left the numbers', () => {
    for (const accumulation of [1, 2]) {
      const executor = create(backend, { ...plain, accumulation })
      poison(executor, 'fc2.bias', 3e38)
      const before = executor.readState()
      const batch = batchOf(plain)
      const { loss } = accumulation > 1 ? executor.accumulate(batch) : executor.train(batch)
      expect(Number.isFinite(loss)).toBe(false)
      expect(executor.readState()).toEqual(before)
      const error = lossNotFinite(executor, batch, loss, place)
      expect(error).toMatchObject({ code: 'engine.notFinite', data: { layer: 'n2', ...place } })
      expect(error.message).toMatch(/At batch 7 of epoch 2, the membrane potential of layer "n2" became/)
      for (const language of ['ko', 'zh'] as const) {
        const { errorSentences: sentences, phrases } = languageTexts[language]
        const words = { sentences, phrases, number: String, label: (label: string) => label }
        const sentence = sentenceIn(words, error.code, error.data)
        expect(sentence).toContain('n2')
        expect(sentence).not.toContain('{')
      }
      executor.dispose()
    }
  })

  test('names the first layer to blame, a parameter before a membrane', () => {
    const executor = create(backend, plain)
    poison(executor, 'fc2.weight', Number.POSITIVE_INFINITY)
    const error = lossNotFinite(executor, batchOf(plain), Number.NaN, place)
    expect(error.message).toContain('"fc2.weight" of layer "fc2" became Infinity')
    const parameter = parameterNotFinite(executor, 'fc2.weight', place)
    expect(parameter.data).toEqual(error.data)
    executor.dispose()
  })

  test('stops before a step whose norm is no number, and names the gradient', () => {
    const learning = layer('n2', 'leaky', { threshold: 0.3, learnBeta: true })
    const model = { ...plain.model, layers: [...plain.model.layers.slice(0, -1), learning] }
    const loss = defaultLoss('ce_count')
    const executor = create(backend, { ...plain, ...variants[1].other, model, loss })
    // An infinite membrane times a gradient of zero.
    poison(executor, 'fc2.bias', 3e38)
    const before = executor.readState()
    const { notFinite = '' } = executor.train(batchOf(plain))
    expect(executor.readState()).toEqual(before)
    const error = parameterNotFinite(executor, notFinite, place)
    expect(error.message).toContain('the gradient of "n2.beta" of layer "n2" became NaN')
    executor.dispose()
  })

  test('names the last layer where only the loss is not finite', () => {
    const executor = create(backend, plain)
    const error = lossNotFinite(executor, batchOf(plain), Number.POSITIVE_INFINITY, place)
    expect(error.message).toContain('the loss read at layer "n2" became Infinity')
    executor.dispose()
  })

  test('blames the input where it is not finite', () => {
    const executor = create(backend, plain)
    const batch = batchOf(plain)
    if (batch.kind !== 'values') throw new Error('values were wanted')
    batch.values[11] = Number.NaN
    const error = lossNotFinite(executor, batch, Number.NaN, place)
    expect(error).toMatchObject({ code: 'engine.inputNotFinite', data: { found: 'NaN', ...place } })
    executor.dispose()
  })
})
