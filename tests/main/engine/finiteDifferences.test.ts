import { describe, expect, it } from 'vitest'
import { backends } from '../../../src-main/engine/backends/index.ts'
import { compileNetwork, inputValue, type NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { Backend, Executor, ValueBatch } from '../../../src-main/engine/executor.ts'
import type { BackwardOp, Program } from '../../../src-main/engine/program.ts'
import { needsAllSteps } from '../../../src-main/engine/stretches.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { layer, network, numbers, tensor } from './fixtures.ts'
import { opNetworks, readOut } from './opNetworks.ts'
import { neuronTables } from './randomNetworks.ts'

/** Networks whose loss is smooth in the inputs and parameters that `in` matches, the others left alone. */
interface Smooth {
  specs: readonly NetworkSpec[]
  in: RegExp
}

const timeSteps = 4
const everything = /./
const givenStep = { kind: 'given' as const, static: false }

const throughMembrane = (kind: keyof typeof opNetworks): Smooth => ({
  specs: opNetworks[kind].map((given) => readOut(given, 'membrane')),
  in: everything,
})

/** What else makes a neuron's membrane smooth: parameters that learn, and no reset that acts below the threshold. */
const ownParameters: Record<string, FieldValues> = {
  leaky: { learnBeta: true, betaPerNeuron: true },
  synaptic: { learnAlpha: true, learnBeta: true },
  alpha: { alpha: 0.8, beta: 0.4 },
  rleaky: { allToAll: true },
  rsynaptic: { allToAll: false, learnAlpha: true },
  leakyparallel: { outputs: 3, dense: true },
  plif: { learnTau: true },
  klif: { learnK: true },
}

/** Every kind of neuron far below its threshold, read by its membrane. */
const quietNeurons: Smooth = {
  specs: Object.keys(neuronTables).map((kind) =>
    network(
      [layer('fc', 'linear', { outputs: 3 }), layer('n', kind, { ...ownParameters[kind], threshold: 500 })],
      [4],
      // Of this seed no membrane of LeakyParallel is near the edge of its ReLU, and not all are beyond it.
      { timeSteps, encoding: givenStep, loss: defaultLoss('ce_membrane_sum'), inputGradient: true, seed: 5 },
    ),
  ),
  in: everything,
}

/** Spikes that stay, times a factor that moves. */
const graded: Smooth = {
  specs: [false, true].map((gradedSpikesPerNeuron) =>
    network(
      [
        layer('fc', 'linear', { outputs: 3 }),
        layer('n', 'leaky', {
          threshold: 0.1,
          gradedSpikes: 0.7,
          gradedSpikesPerNeuron,
          learnGradedSpikes: true,
        }),
      ],
      [4],
      { timeSteps, encoding: givenStep, loss: defaultLoss('ce_count') },
    ),
  ),
  in: /graded/,
}

/** A smooth forward pass for every op that goes back; a kind that is missing here does not compile. */
const smooth: Record<BackwardOp['op'], Smooth> = {
  neuronBackward: quietNeurons,
  gradedSpikesBackward: graded,
  linearWeightGradient: throughMembrane('linearWeightGradient'),
  linearInputGradient: throughMembrane('linearInputGradient'),
  convolutionWeightGradient: throughMembrane('convolutionWeightGradient'),
  convolutionInputGradient: throughMembrane('convolutionInputGradient'),
  poolBackward: throughMembrane('poolBackward'),
  batchNormBackward: throughMembrane('batchNormBackward'),
  dropoutBackward: throughMembrane('dropoutBackward'),
  addBackward: throughMembrane('addBackward'),
  concatBackward: throughMembrane('concatBackward'),
  accumulate: throughMembrane('accumulate'),
}

/** Seeded numbers of which no two are so near that a step of the test changes which is larger. */
function apart(count: number): Float32Array {
  const order = numbers(count, 5)
  const ranked = [...order.keys()].sort((a, b) => order[a] - order[b])
  const values = new Float32Array(count)
  ranked.forEach((at, rank) => (values[at] = (rank - count / 2) / 64))
  return values
}

/** The loss of a training pass, with the statistics of the batch and the masks of the step. */
const lossOf = (executor: Executor, batch: ValueBatch) => executor.gradients(batch).result.loss

function slopeOf(executor: Executor, batch: ValueBatch, name: string, element: number): number {
  const step = 1 / 128
  const state = executor.readState()
  const ends = [-step, step].map((by) => {
    const moved = structuredClone(state)
    const values = name === 'input' ? batch.values.slice() : tensor(moved.parameters, name)
    values[element] += by
    executor.writeState(moved)
    return { loss: lossOf(executor, name === 'input' ? { ...batch, values } : batch), at: values[element] }
  })
  executor.writeState(state)
  return (ends[1].loss - ends[0].loss) / (ends[1].at - ends[0].at)
}

/** At most so many elements of each tensor, spread over it. */
const most = 8

function expectSlopes(executor: Executor, batch: ValueBatch, within: RegExp): void {
  const { gradients } = executor.gradients(batch)
  const chosen = gradients.filter(({ name }) => within.test(name))
  for (const { name, data } of chosen) {
    const stride = Math.max(1, Math.floor(data.length / most))
    for (let element = 0; element < data.length; element += stride) {
      const slope = slopeOf(executor, batch, name, element)
      const message = `${name}[${element}] is ${data[element]}, should be ${slope}`
      expect(Math.abs(data[element] - slope), message).toBeLessThan(3e-3 * (1 + Math.abs(slope)))
    }
  }
  const largest = Math.max(...chosen.map(({ data }) => data.reduce((m, g) => Math.max(m, Math.abs(g)), 0)))
  expect(largest, JSON.stringify(executor.program.forward.at(-1))).toBeGreaterThan(0.01)
}

function expectSlopesOf(backend: Backend, program: Program, within: RegExp): void {
  const executor = backend.create(program, 1)
  const samples = 2
  const input = program.values.find(({ id }) => id === inputValue)
  const values = apart(timeSteps * samples * elementCount(input?.shape ?? []))
  expectSlopes(executor, { kind: 'values', values, labels: Uint8Array.from([2, 0]) }, within)
  executor.dispose()
}

describe.each(backends)('finite differences on $id', (backend) => {
  const test = backend.unavailable() === null ? it : it.skip

  test.each(Object.entries(smooth))('agree with %s', (kind, { specs, in: within }) => {
    for (const spec of specs) {
      const program = compileNetwork(spec)
      expect(program.backward.map(({ op }) => op)).toContain(kind)
      expectSlopesOf(backend, program, within)
    }
  })

  test.each(Object.entries(smooth))(
    'agree with %s where steps go in stretches',
    (_, { specs, in: within }) => {
      const programs = specs.map((spec) => compileNetwork({ ...spec, stretch: 3 }))
      const able = programs.filter((program) => needsAllSteps(program) === null)
      expect(able.length).toBeGreaterThan(0)
      for (const program of able) expectSlopesOf(backend, program, within)
    },
  )
})
