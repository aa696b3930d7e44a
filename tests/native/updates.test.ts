import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { Memory } from '../../src-main/engine/backends/reference/memory.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import { updateAll } from '../../src-main/engine/backends/reference/ops/update.ts'
import { gradientOf } from '../../src-main/engine/builder.ts'
import type { NetworkSpec } from '../../src-main/engine/compile.ts'
import type { Executor, TrainingState } from '../../src-main/engine/executor.ts'
import type { ClippingSettings } from '../../src-shared/experiment.ts'
import { optimizerTables, type OptimizerKind } from '../../src-shared/experimentFields.ts'
import { defaultValues } from '../../src-shared/fields.ts'
import { prepared, samples, spikingNetwork, staticNetwork } from './networks.ts'

const kinds = Object.keys(optimizerTables) as OptimizerKind[]

/** With everything that keeps a state switched on. */
const optimizerOf = (kind: OptimizerKind): NetworkSpec['optimizer'] => {
  const params = { ...defaultValues(optimizerTables[kind].fields), weightDecay: 0.01 }
  return { kind, params: { ...params, ...(kind === 'rmsprop' ? { centered: true, momentum: 0.5 } : {}) } }
}

const clippings: ClippingSettings[] = [
  { kind: 'none', params: {} },
  { kind: 'norm', params: { most: 0.05 } },
  { kind: 'value', params: { most: 0.001 } },
]

const ways = kinds.flatMap((kind) =>
  clippings.flatMap((clipping) => [1, 3].map((accumulation) => ({ kind, clipping, accumulation }))),
)

const specOf = (spec: NetworkSpec, { kind, clipping, accumulation }: (typeof ways)[number]): NetworkSpec => ({
  ...spec,
  optimizer: optimizerOf(kind),
  clipping,
  accumulation,
})

/** Two whole steps and one of what is left, with a learning rate that changes. */
function trainSome(executor: Executor, accumulation: number): TrainingState {
  let batch = 0
  for (const [step, size] of [accumulation, accumulation, 1].entries()) {
    for (let i = 1; i < size; i++) executor.accumulate(samples(batch++, 33, 1))
    executor.train(samples(batch++, 50, 1), 0.01 / (step + 1))
  }
  return executor.readState()
}

describe.each(ways)('$kind, clipped by $clipping.kind, $accumulation batches a step', (way) => {
  it('gives the same bits on any number of threads', () => {
    for (const spec of [staticNetwork, spikingNetwork]) {
      const one = trainSome(prepared(specOf(spec, way), 1), way.accumulation)
      for (const threads of [2, 4]) {
        expect(trainSome(prepared(specOf(spec, way), threads), way.accumulation)).toEqual(one)
      }
    }
  })

  it('steps as the reference does over the same gradients', () => {
    const executor = prepared(specOf(staticNetwork, way), 2)
    const { program } = executor
    const memory = new Memory(program)
    for (let step = 0; step < 2; step++) {
      const before = executor.readState()
      for (const { name, data } of [...before.parameters, ...before.optimizer]) memory.tensor(name).set(data)
      for (const { gradient } of program.update) memory.tensor(gradient).fill(0)
      for (let i = 0; i < way.accumulation; i++) {
        const batch = samples(i + step, 40, 1)
        for (const { name, data } of executor.gradients(batch).gradients) {
          memory.tensor(gradientOf(name)).forEach((sum, at, sums) => (sums[at] = sum + data[at]))
        }
        if (i + 1 < way.accumulation) executor.accumulate(batch)
        else executor.train(batch, 0.02)
      }
      updateAll(program, memory, step, way.accumulation, 0.02)
      const after = executor.readState()
      for (const { name, data } of [...after.parameters, ...after.optimizer]) {
        const wanted = memory.tensor(name)
        const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
        const apart = data.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0)
        expect(apart / scale, name).toBeLessThan(2e-5)
      }
    }
  })
})

describe.each([nativeBackend, referenceBackend])('batches that wait on $id', (backend) => {
  const spec: NetworkSpec = { ...staticNetwork, accumulation: 2 }

  it('are refused where a step averages no more', () => {
    const executor = prepared(spec, 1, backend)
    executor.accumulate(samples(0, 3))
    expect(() => executor.accumulate(samples(1, 3))).toThrow(/averages 2/)
    executor.train(samples(1, 3))
    expect(() => executor.accumulate(samples(2, 3))).not.toThrow()
  })

  it('are forgotten with the state they belong to', () => {
    const executor = prepared(spec, 1, backend)
    const start = executor.readState()
    executor.train(samples(4, 9))
    const wanted = executor.readState()
    executor.writeState(start)
    executor.accumulate(samples(0, 9))
    executor.writeState(start)
    executor.train(samples(4, 9))
    expect(executor.readState()).toEqual(wanted)
  })
})

describe.each([nativeBackend, referenceBackend])('a step that leaves NaN on $id', (backend) => {
  it('is forgotten with the state it belongs to', () => {
    const executor = prepared(staticNetwork, 1, backend)
    const start = executor.readState()
    expect(executor.train(samples(4, 9)).notFinite).toBeUndefined()
    const wanted = executor.readState()
    executor.writeState(start)
    expect(executor.train(samples(4, 9), Number.NaN).notFinite).toBeDefined()
    executor.writeState(start)
    expect(executor.train(samples(4, 9)).notFinite).toBeUndefined()
    expect(executor.readState()).toEqual(wanted)
  })
})
