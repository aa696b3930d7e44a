import { expect } from 'vitest'
import { findBackend } from '../../../src-main/engine/backends/index.ts'
import { Memory } from '../../../src-main/engine/backends/reference/memory.ts'
import { updateAll } from '../../../src-main/engine/backends/reference/ops/update.ts'
import { gradientOf } from '../../../src-main/engine/builder.ts'
import { compileNetwork } from '../../../src-main/engine/compile.ts'
import type {
  Backend,
  BatchResult,
  LayerTrace,
  NamedTensor,
  TrainingState,
} from '../../../src-main/engine/executor.ts'
import type { Program } from '../../../src-main/engine/program.ts'
import { prepare, type RandomCase } from './randomNetworks.ts'

const reference = findBackend('reference')

const largestOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** Every number to 1e-4 of the largest; `scale` is a lower bound of what counts as that. */
function expectClose(
  what: string,
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  scale = largestOf(wanted),
): void {
  expect(found.length, what).toBe(wanted.length)
  for (let i = 0; i < wanted.length; i++) {
    const far = !(Math.abs(found[i] - wanted[i]) <= 1e-4 * scale + 1e-6)
    if (far) expect.fail(`${what}[${i}] is ${found[i]}, the reference has ${wanted[i]} (scale ${scale})`)
  }
}

/** A scalar's gradient is a sum that may cancel to nothing, so it is held to the size of the others too. */
function expectTensors(what: string, found: readonly NamedTensor[], wanted: readonly NamedTensor[]): void {
  expect(found.map(({ name, shape }) => [name, shape])).toEqual(
    wanted.map(({ name, shape }) => [name, shape]),
  )
  const overall = Math.max(0.05, ...wanted.map(({ data }) => largestOf(data)))
  wanted.forEach(({ name, data }, i) =>
    expectClose(`${what} ${name}`, found[i].data, data, data.length === 1 ? overall : undefined),
  )
}

const spikesOf = (traces: readonly LayerTrace[]) => traces.map(({ spikes }) => spikes)

/** Whether no spike hangs on rounding: weights a hundred-thousandth larger or smaller give the same spikes. */
function isRobust(program: Program, given: RandomCase, spikes: Uint8Array[]): boolean {
  return [1 - 1e-5, 1 + 1e-5].every((factor) => {
    const executor = reference.create(program, 1)
    prepare(executor, given, factor)
    return spikesOf(executor.trace(given.batch)).every((layerSpikes, i) =>
      layerSpikes.every((spike, at) => spike === spikes[i][at]),
    )
  })
}

interface Update {
  before: TrainingState
  gradients: NamedTensor[]
  after: TrainingState
}

/** Everything that an executor computes on a batch, and two steps of training on it. */
export function runAll(backend: Backend, program: Program, given: RandomCase, threads: number) {
  const executor = backend.create(program, threads)
  prepare(executor, given)
  const { batch } = given
  const traces = executor.trace(batch)
  const evaluated = executor.evaluate(batch)
  const { result, gradients } = executor.gradients(batch)
  const updates = [0, 1].map(() => {
    const before = executor.readState()
    const { gradients: taken } = executor.gradients(batch)
    return {
      before,
      gradients: taken,
      result: structuredClone(executor.train(batch)),
      after: executor.readState(),
    }
  })
  executor.dispose()
  return { traces, evaluated, result, gradients, updates }
}

/**
 * A backend's own gradients through the reference's optimizer: Adam blows up what is left of gradients that
 * cancel, so a step from another backend's gradients says little.
 */
function expectUpdate(program: Program, { before, gradients, after }: Update): void {
  const memory = new Memory(program)
  for (const { name, data } of [...before.parameters, ...before.optimizer]) memory.tensor(name).set(data)
  for (const { name, data } of gradients) {
    if (name !== 'input') memory.tensor(gradientOf(name)).set(data)
  }
  updateAll(program, memory, before.step)
  const learned = new Set(program.update.map(({ parameter }) => parameter))
  for (const { name, data } of [
    ...after.parameters.filter(({ name }) => learned.has(name)),
    ...after.optimizer,
  ]) {
    expectClose(`${name} after step ${after.step}`, data, memory.tensor(name))
  }
  expect(after.step).toBe(before.step + 1)
}

/** What a step changes without a gradient: running statistics. */
function otherParameters(program: Program, { parameters }: TrainingState): NamedTensor[] {
  return parameters.filter(({ name }) => program.update.every(({ parameter }) => parameter !== name))
}

/**
 * Holds a backend against the reference on everything that an executor computes: to 1e-4, spikes exactly.
 *
 * @returns what was made of the batch; null where a spike hangs on rounding, after which nothing can be compared
 */
export function compare(backend: Backend, given: RandomCase): BatchResult | null {
  const program = compileNetwork(given.spec)
  const wanted = runAll(reference, program, given, 1)
  const found = runAll(backend, program, given, 1)
  const spikes = spikesOf(wanted.traces)
  const agree = spikesOf(found.traces).every((each, i) => each.every((spike, at) => spike === spikes[i][at]))
  if (!agree) {
    expect(isRobust(program, given, spikes), 'spikes differ, and none hangs on rounding').toBe(false)
    return null
  }
  wanted.traces.forEach(({ membrane, layer: name, neurons }, i) => {
    expect(found.traces[i]).toMatchObject({ layer: name, neurons })
    expectClose(`membrane of ${name}`, found.traces[i].membrane, membrane)
    for (const [state, values] of Object.entries(wanted.traces[i].states)) {
      expectClose(`${state} of ${name}`, found.traces[i].states[state], values)
    }
  })
  for (const [what, mine, theirs] of [
    ['evaluated', found.evaluated, wanted.evaluated],
    ['with gradients', found.result, wanted.result],
    ['trained', found.updates[0].result, wanted.updates[0].result],
  ] as const) {
    expectClose(`loss, ${what}`, [mine.loss], [theirs.loss])
    expectClose(`penalty, ${what}`, [mine.penalty], [theirs.penalty])
    const { loss: _foundLoss, penalty: _found, ...counted } = mine
    const { loss: _wantedLoss, penalty: _wanted, ...expected } = theirs
    expect(counted, what).toEqual(expected)
  }
  expectTensors('gradient of', found.gradients, wanted.gradients)
  const [first] = found.updates
  expectTensors(
    'after a step',
    otherParameters(program, first.after),
    otherParameters(program, wanted.updates[0].after),
  )
  // Beyond this the squares in Adam leave float32.
  const tame = found.updates.every(({ gradients }) => gradients.every(({ data }) => largestOf(data) < 1e15))
  if (tame) for (const update of found.updates) expectUpdate(program, update)
  return found.result
}
