import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import type { EngineMemory } from '../../executor.ts'
import { gradientOf } from '../../builder.ts'
import { operandsOf } from '../../operands.ts'
import type { ForwardOp, Program, Value } from '../../program.ts'
import { longestStretch, requireStretches, stretchesOf } from '../../stretches.ts'
import { neuronModel } from './neurons/index.ts'
import { Remaking } from './remaking.ts'

const floatBytes = 4
/** What JavaScript lets grow of short-lived arrays before it collects them, as measured. */
const garbageBytes = 32 * 2 ** 20

/** Which part of a step's memory a value belongs to. */
function partOf({ role, format }: Value): keyof EngineMemory {
  if (role === 'parameter') return 'weights'
  if (role === 'optimizerState') return 'optimizer'
  if (role === 'gradient' || role === 'parameterGradient') return 'gradients'
  return format === 'spikes' ? 'spikes' : 'activations'
}

/**
 * Bytes of a value as the reference engine keeps it: 32 bits a number, spikes too, for the largest batch.
 *
 * @param steps that it has where it is not the same at each
 */
function bytesOf({ time, shape }: Value, program: Program, steps = longestStretch(program)): number {
  const rows = time === 'none' ? 1 : (time === 'static' ? 1 : steps) * program.batchSize
  return floatBytes * rows * elementCount(shape)
}

/** What values that are made again take together: memory that one gives back serves others of its size. */
function remadeBytes(program: Program): { ids: ReadonlySet<string>; most: number } {
  const sizes = new Map(program.values.map((value) => [value.id, bytesOf(value, program)]))
  const free = new Map<number, number>()
  const ids = new Set<string>()
  let most = 0
  const sizeOf = (id: string) => sizes.get(id) ?? 0
  const take = (op: ForwardOp) => {
    for (const id of operandsOf(op).writes.filter((written) => remaking.has(written))) {
      ids.add(id)
      const left = free.get(sizeOf(id)) ?? 0
      if (left > 0) free.set(sizeOf(id), left - 1)
      else most += sizeOf(id)
    }
  }
  const remaking = new Remaking(program, {
    make: take,
    release: (id) => free.set(sizeOf(id), (free.get(sizeOf(id)) ?? 0) + 1),
  })
  for (const op of program.forward) {
    take(op)
    remaking.ran(op)
  }
  for (const op of program.backward) {
    remaking.before(op)
    remaking.after()
  }
  return { ids, most }
}

/** What outlives a stretch of steps, where there are several: see `WholeValues` and `Borders`. */
function stretchBytes(program: Program): { activations: number; gradients: number } {
  const { values, forward, backward, loss, penalties, timeSteps, batchSize } = program
  const stretches = stretchesOf(program).length
  const bytes = { activations: 0, gradients: 0 }
  if (stretches === 1) return bytes
  const found = (id: string) => values.find((value) => value.id === id)
  const whole = (id: string) => {
    const value = found(id)
    return value ? bytesOf(value, program, timeSteps) : 0
  }
  for (const id of new Set([loss.input, loss.spikes])) bytes.activations += whole(id)
  bytes.gradients += whole(loss.gradient)
  for (const { id, role } of values) {
    if (role === 'input') bytes.gradients += whole(gradientOf(id))
    if (role === 'parameterGradient') bytes.gradients += 2 * whole(id)
  }
  const neurons = (id: string) => batchSize * elementCount(found(id)?.shape ?? [])
  for (const op of forward.filter((each) => each.op === 'neuron')) {
    const row = neurons(op.spikes) * (neuronModel(op.neuron).states.length + 1)
    bytes.activations += floatBytes * row * (stretches - 1)
    if (backward.some((each) => each.op === 'neuronBackward' && each.layer === op.layer))
      bytes.gradients += 2 * floatBytes * row
  }
  for (const { spikes } of penalties) bytes.activations += 2 * floatBytes * neurons(spikes)
  return bytes
}

/** What the reference engine keeps of a program while it trains: every value, and the gradients that wait. */
export function referenceMemory(program: Program): EngineMemory {
  requireStretches('reference', program)
  const memory = {
    ...{ activations: 0, spikes: 0, gradients: 0, weights: 0, optimizer: 0 },
    scratch: garbageBytes,
  }
  const remade = remadeBytes(program)
  for (const value of program.values) {
    if (!remade.ids.has(value.id)) memory[partOf(value)] += bytesOf(value, program)
  }
  memory.activations += remade.most
  const stretched = stretchBytes(program)
  memory.activations += stretched.activations
  memory.gradients += stretched.gradients
  if (program.accumulation > 1) {
    for (const value of program.values.filter(({ role }) => role === 'parameterGradient')) {
      memory.optimizer += bytesOf(value, program)
    }
  }
  return memory
}
