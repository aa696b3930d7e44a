import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { elementCount, shapeText } from '../../../src-shared/model/layerDefinition.ts'
import { fieldsOfPixel } from '../../../src-shared/sampleRoute.ts'
import { requireEncodable } from '../../encoding/requireEncodable.ts'
import type {
  Batch,
  GivenBatch,
  GivenGradients,
  ImageBatch,
  ImageSource,
  NamedTensor,
  SampleBatch,
  Split,
  TrainingState,
} from '../executor.ts'
import { checkFrames } from './checkFrames.ts'
import type { Program, Value } from '../program.ts'

/** What every backend checks of its arguments before it computes, so that all refuse in the same words. */

/** A value of the program by its id. */
export function findValue(program: Program, id: string): Value {
  const value = program.values.find((candidate) => candidate.id === id)
  if (!value) throw new Error(`the program has no value "${id}"`)
  return value
}

/** Outputs of the network; with a population code there are several for each class. */
export function outputCount(program: Program): number {
  return elementCount(findValue(program, program.loss.input).shape)
}

function encodeOp(program: Program) {
  const op = program.forward.find((candidate) => candidate.op === 'encode')
  if (!op) throw new Error('the program has no encode op')
  return op
}

function checkLabels(program: Program, labels: Uint8Array): void {
  const wanted = program.loss.classes
  const found = labels.find((label) => label >= wanted)
  if (found !== undefined) throw new SpikedeskError('engine.label', { found, wanted, last: wanted - 1 })
}

/** @throws SpikedeskError `engine.source`, `engine.label`, `encoding.` errors where images cannot be encoded */
export function checkSource(program: Program, split: Split, source: ImageSource): void {
  const { images, labels, count } = source
  const bytes = count * imageBytes(program)
  if (images.length !== bytes || labels.length !== count) {
    const data = { split, found: images.length, labels: labels.length, wanted: bytes, count }
    throw new SpikedeskError('engine.source', data)
  }
  checkLabels(program, labels)
  const { encoding, params, scale } = encodeOp(program)
  if (encoding !== 'given') requireEncodable({ kind: encoding, params }, scale, program.timeSteps, images)
}

/** Bytes of an image that the program encodes. */
function imageBytes(program: Program): number {
  const { encoding, params, output } = encodeOp(program)
  return elementCount(findValue(program, output).shape) / fieldsOfPixel(encoding, params)
}

function checkSize(program: Program, found: number): void {
  if (found < 1 || found > program.batchSize) {
    throw new SpikedeskError('engine.batch', { found, wanted: program.batchSize })
  }
}

/** Values or frames against the input of the program. */
function checkInput(program: Program, batch: GivenBatch): void {
  const input = findValue(program, encodeOp(program).output)
  const steps = input.time === 'static' ? 1 : program.timeSteps
  const width = elementCount(input.shape)
  const spikes = input.format === 'spikes'
  if (batch.kind === 'frames') return checkFrames(batch, { steps, width, spikes })
  const wanted = steps * batch.labels.length * width
  if (batch.values.length !== wanted) {
    throw new SpikedeskError('engine.values', { found: batch.values.length, wanted })
  }
  const found = spikes ? batch.values.find((value) => value !== 0 && value !== 1) : undefined
  if (found !== undefined) throw new SpikedeskError('engine.spikes', { found })
}

function checkImages(program: Program, { pixels, labels, indices }: ImageBatch): void {
  const wanted = labels.length * imageBytes(program)
  if (pixels.length !== wanted || indices.length !== labels.length) {
    throw new SpikedeskError('engine.values', { found: pixels.length, wanted })
  }
}

/** The first that is not below `end`; a loop, since the search of an array calls a function for each. */
function firstFrom(indices: Uint32Array, end: number): number | undefined {
  for (const index of indices) if (index >= end) return index
  return undefined
}

function checkSamples(batch: SampleBatch, sources: ReadonlyMap<Split, ImageSource>): void {
  const split = { phrase: `split.${batch.split}` as const }
  const source = sources.get(batch.split)
  if (!source) throw new SpikedeskError('engine.unbound', { split })
  const found = firstFrom(batch.indices, source.count) ?? (batch.next && firstFrom(batch.next, source.count))
  if (found !== undefined) throw new SpikedeskError('engine.sample', { found, split, count: source.count })
}

function checkKind(program: Program, kind: Batch['kind']): void {
  const takesGiven = encodeOp(program).encoding === 'given'
  const isGiven = kind === 'values' || kind === 'frames'
  if (isGiven !== takesGiven) {
    throw new SpikedeskError('engine.input', { wanted: takesGiven ? 'values' : 'samples', found: kind })
  }
}

/**
 * Checks batches that lie one after the other.
 *
 * @throws SpikedeskError `engine.inTurn`, `engine.input`, `engine.unbound`, `engine.sample`
 */
export function checkInTurn(
  program: Program,
  batches: SampleBatch,
  steps: number,
  sources: ReadonlyMap<Split, ImageSource>,
): void {
  const { accumulation, batchSize } = program
  const refuse = (detail: string): never => {
    throw new SpikedeskError('engine.inTurn', { detail })
  }
  if (accumulation > 1) refuse(`a step of this network averages ${accumulation} batches`)
  if (steps < 1) refuse('there is no learning rate')
  const found = batches.indices.length
  const [least, most] = [(steps - 1) * batchSize + 1, steps * batchSize]
  if (found < least || found > most)
    refuse(`there are ${found} samples for ${steps} steps, which take ${least} to ${most}`)
  checkKind(program, batches.kind)
  checkSamples(batches, sources)
}

/**
 * Checks a batch and returns how many samples it has.
 *
 * @param labelled false where the labels of given values are not read
 * @throws SpikedeskError `engine.input`, `engine.batch`, `engine.unbound`, `engine.sample`, `engine.values`,
 *   `engine.spikes`, `engine.frames`, `engine.label`
 */
export function checkBatch(
  program: Program,
  batch: Batch,
  sources: ReadonlyMap<Split, ImageSource>,
  labelled = true,
): number {
  checkKind(program, batch.kind)
  const size = batch.kind === 'samples' ? batch.indices.length : batch.labels.length
  checkSize(program, size)
  if (batch.kind === 'samples') {
    checkSamples(batch, sources)
    return size
  }
  if (batch.kind === 'images') checkImages(program, batch)
  else checkInput(program, batch)
  if (labelled) checkLabels(program, batch.labels)
  return size
}

/** @throws SpikedeskError `engine.values` where a gradient is not `[T,B,N]` of the last layer */
export function checkGiven(program: Program, batch: number, { spikes, membrane }: GivenGradients): void {
  const wanted = program.timeSteps * batch * outputCount(program)
  for (const gradient of [spikes, membrane]) {
    if (gradient && gradient.length !== wanted) {
      throw new SpikedeskError('engine.values', { found: gradient.length, wanted })
    }
  }
}

function checkTensors(program: Program, wanted: readonly string[], found: readonly NamedTensor[]): void {
  const byName = new Map(found.map((tensor) => [tensor.name, tensor]))
  for (const name of wanted) {
    const tensor = byName.get(name)
    if (!tensor) throw new SpikedeskError('engine.state', { detail: `"${name}" is missing` })
    const { shape } = findValue(program, name)
    const same = shape.length === tensor.shape.length && shape.every((size, i) => size === tensor.shape[i])
    if (!same || tensor.data.length !== elementCount(shape)) {
      const detail = `"${name}" is ${shapeText(tensor.shape)}, but ${shapeText(shape)} is wanted`
      throw new SpikedeskError('engine.state', { detail })
    }
    byName.delete(name)
  }
  const [unknown] = byName.keys()
  if (unknown !== undefined || found.length !== wanted.length) {
    const detail = unknown === undefined ? 'a tensor stands in it twice' : `"${unknown}" is unknown`
    throw new SpikedeskError('engine.state', { detail })
  }
}

/** Names of the optimizer's tensors, in the order of a state. */
export function optimizerTensors(program: Program): string[] {
  return program.values.filter((value) => value.role === 'optimizerState').map((value) => value.id)
}

/** @throws SpikedeskError `engine.state` where names or shapes differ from the program's */
export function checkState(program: Program, state: TrainingState): void {
  const names = program.parameters.map((parameter) => parameter.value)
  checkTensors(program, names, state.parameters)
  checkTensors(program, optimizerTensors(program), state.optimizer)
  if (!Number.isSafeInteger(state.step) || state.step < 0) {
    throw new SpikedeskError('engine.state', { detail: `its step is ${state.step}` })
  }
}

/** @throws SpikedeskError `engine.accumulation` where no further batch may wait for the next step */
export function checkWaiting({ accumulation }: Program, waiting: number): void {
  if (waiting + 1 >= accumulation)
    throw new SpikedeskError('engine.accumulation', { found: waiting + 1, wanted: accumulation })
}
