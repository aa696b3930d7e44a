import { SpikedeskError, type Phrase } from '../../src-shared/errors/index.ts'
import type { Batch, Executor } from '../engine/executor.ts'
import { notFiniteIn } from '../engine/finite.ts'
import { singleSample } from '../engine/singleSample.ts'

/** A value that is NaN or infinite, and what it is of. */
interface Culprit {
  found: number
  layer: string
  what: Phrase
}

/** Which batch, counted from 1, of which epoch. */
export interface BatchPlace {
  batch: number
  epoch: number
}

/** @param wanted the parameter; the first that is not finite where left out */
function inParameters(executor: Executor, wanted?: string): Culprit | null {
  for (const { name, data } of executor.readState().parameters) {
    if (wanted !== undefined && wanted !== name) continue
    const found = notFiniteIn(data)
    const layer = executor.program.parameters.find(({ value }) => value === name)?.layer ?? name
    if (found !== undefined)
      return { found, layer, what: { phrase: 'notFinite.parameter', layer, parameter: name } }
  }
  return null
}

/** The first layer on the way forward whose neurons leave the numbers, sample by sample: traces are large. */
function inMembranes(executor: Executor, batch: Batch): Culprit | null {
  const layers = executor.program.forward.flatMap((op) => (op.op === 'neuron' ? [op.layer] : []))
  const samples = batch.kind === 'samples' ? batch.indices.length : batch.labels.length
  let first: Culprit | null = null
  for (let b = 0; b < samples; b++) {
    for (const { layer, membrane, states } of executor.trace(singleSample(executor.program, batch, b))) {
      if (first && layers.indexOf(layer) >= layers.indexOf(first.layer)) break
      const found = [membrane, ...Object.values(states)].map(notFiniteIn).find((value) => value !== undefined)
      if (found !== undefined) first = { found, layer, what: { phrase: 'notFinite.membrane', layer } }
    }
  }
  return first
}

function inInput(batch: Batch): number | undefined {
  return 'values' in batch && batch.values ? notFiniteIn(batch.values) : undefined
}

/** Where the loss is read: the last layer of neurons. */
function atLoss({ program }: Executor, found: number): Culprit {
  const layer = program.forward.findLast((op) => op.op === 'neuron')?.layer ?? ''
  return { found, layer, what: { phrase: 'notFinite.loss', layer } }
}

function errorOf({ found, layer, what }: Culprit, place: BatchPlace): SpikedeskError {
  return new SpikedeskError('engine.notFinite', { found: String(found), layer, what, ...place })
}

/**
 * What stops a run whose loss is no finite number: it names the first layer that is to blame, or the input.
 *
 * @returns `engine.notFinite` or `engine.inputNotFinite`
 */
export function lossNotFinite(
  executor: Executor,
  batch: Batch,
  loss: number,
  place: BatchPlace,
): SpikedeskError {
  const input = inInput(batch)
  if (input !== undefined)
    return new SpikedeskError('engine.inputNotFinite', { found: String(input), ...place })
  const culprit = inParameters(executor) ?? inMembranes(executor, batch) ?? atLoss(executor, loss)
  return errorOf(culprit, place)
}

/** The parameter itself is as it was where its gradient stopped the step. */
function atGradient({ program }: Executor, name: string): Culprit {
  const layer = program.parameters.find(({ value }) => value === name)?.layer ?? name
  return { found: Number.NaN, layer, what: { phrase: 'notFinite.gradient', layer, parameter: name } }
}

/** What stops a run where a step has left the parameter `name`, or its gradient, with values that are not finite. */
export function parameterNotFinite(executor: Executor, name: string, place: BatchPlace): SpikedeskError {
  return errorOf(inParameters(executor, name) ?? atGradient(executor, name), place)
}
