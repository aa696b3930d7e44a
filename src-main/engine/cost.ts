import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import type { Window } from '../../src-shared/model/window.ts'
import { operandsOf, type AnyOp } from './operands.ts'
import { remadeOps } from './recomputing.ts'
import { stretchesOf } from './stretches.ts'
import type { ForwardOp, NeuronBackwardOp, NeuronOp, Program, Value } from './program.ts'

/**
 * Operations of one neuron at one step: charge, fire and reset are three fused multiply-adds forward, about
 * thirteen backward with the surrogate.
 */
const neuronForward = 6
const neuronBackward = 26
/** Sums, normalisation and scale of one value; backward two sums and the gradient. */
const batchNormForward = 7
const batchNormBackward = 10
/** Operations of an update of one parameter. */
const updateFlops = { adam: 16, adamax: 12, rmsprop: 12, sgd: 4 } as const
/** Name of the weights between the neurons of a layer. */
const recurrentWeight = 'recurrent.weight'
/** Softmax or error, and its gradient, of one output at one step. */
const lossElement = 6

/** Looks up how large a program's values are. */
function measure(program: Program) {
  const values = new Map(program.values.map((value) => [value.id, value]))
  const find = (id: string): Value => {
    const value = values.get(id)
    if (!value) throw new Error(`the program has no value "${id}"`)
    return value
  }
  const width = (id: string) => elementCount(find(id).shape)
  const rows = ({ time }: Value) =>
    time === 'none' ? 1 : (time === 'static' ? 1 : program.timeSteps) * program.batchSize
  return {
    width,
    rows: (id: string) => rows(find(id)),
    elements: (id: string) => rows(find(id)) * width(id),
  }
}

const places = ({ outputHeight, outputWidth }: Window): number => outputHeight * outputWidth

function opFlops(op: AnyOp, { width, rows, elements }: ReturnType<typeof measure>): number {
  /** The product of all neurons with all neurons, at every step. */
  const recurrentFlops = ({ parameters, spikes }: NeuronOp | NeuronBackwardOp) =>
    recurrentWeight in parameters ? 2 * rows(spikes) * width(parameters[recurrentWeight]) : 0
  switch (op.op) {
    case 'encode':
      return 0
    case 'linear':
      return 2 * rows(op.output) * width(op.weight)
    case 'neuron':
      return neuronForward * elements(op.spikes) + recurrentFlops(op)
    case 'convolution':
      return 2 * rows(op.output) * places(op.window) * width(op.weight)
    case 'add':
    case 'accumulate':
      return op.inputs.length * elements(op.output)
    case 'addBackward':
    case 'concat':
    case 'concatBackward':
      return 0
    case 'gradedSpikesBackward':
      return 3 * elements(op.gradient)
    case 'gradedSpikes':
    case 'dropout':
    case 'dropoutBackward':
      return elements(op.output)
    case 'pool':
      return elements(op.input)
    case 'batchNorm':
      return batchNormForward * elements(op.output)
    case 'loss':
      return lossElement * elements(op.input)
    case 'neuronBackward':
      // Of the two products back, that for the weight is only made where it learns.
      return (
        neuronBackward * elements(op.spikes) +
        (recurrentWeight in op.parameterGradients ? 2 : 1) * recurrentFlops(op)
      )
    case 'linearWeightGradient':
      return 2 * rows(op.gradient) * width(op.weightGradient)
    case 'linearInputGradient':
      return 2 * rows(op.output) * width(op.weight)
    case 'convolutionWeightGradient':
      return 2 * rows(op.gradient) * places(op.window) * width(op.weightGradient)
    case 'convolutionInputGradient':
      return 2 * rows(op.gradient) * places(op.window) * width(op.weight)
    case 'poolBackward':
      return elements(op.output)
    case 'batchNormBackward':
      return batchNormBackward * elements(op.gradient)
    case 'adam':
    case 'adamax':
    case 'rmsprop':
    case 'sgd':
      return updateFlops[op.op] * width(op.parameter)
  }
}

function sumFlops(program: Program, ops: readonly AnyOp[]): number {
  const sizes = measure(program)
  return ops.reduce((sum, op) => sum + opFlops(op, sizes), 0)
}

/** The ops of a program's way forward that an op of the way back reads the output of. */
function readBack({ forward, backward }: Program): ForwardOp[] {
  const read = new Set(backward.flatMap((op) => operandsOf(op).reads))
  return forward.filter((op) => operandsOf(op).writes.some((id) => read.has(id)))
}

/**
 * Floating-point operations of a training step that are done once more to save memory, and that `stepFlops` leaves out:
 * currents that are made again for the way back, and the way forward through every stretch of steps but the last. Layers
 * under a static input are run anew for each stretch.
 */
export function remadeFlops(program: Program): number {
  const { forward, recompute, timeSteps, values } = program
  const stretches = stretchesOf(program)
  const again = (timeSteps - (stretches.at(-1)?.steps ?? 0)) / timeSteps
  const still = new Set(values.filter(({ time }) => time === 'static').map(({ id }) => id))
  const [unchanging, changing] = [true, false].map((wanted) =>
    sumFlops(
      program,
      forward.filter((op) => still.has(operandsOf(op).writes[0]) === wanted),
    ),
  )
  const currents = recompute ? readBack(program).filter(({ op }) => remadeOps.includes(op)) : []
  return sumFlops(program, currents) + again * changing + 2 * (stretches.length - 1) * unchanging
}

/**
 * Floating-point operations of one training step on a full batch. Layers under a static input are counted
 * once, not at every step; an add that a spike would trigger is counted whether it fires or not. This is the useful
 * work that rates and shares of a peak are of; what is done once more to save memory is in `remadeFlops`.
 */
export function stepFlops(program: Program): number {
  return sumFlops(program, [...program.forward, program.loss, ...program.backward, ...program.update])
}

/** Floating-point operations of running a full batch forward, with its loss. */
export function inferenceFlops(program: Program): number {
  return sumFlops(program, [...program.forward, program.loss])
}

/** Floating-point operations of one op on a full batch, as `OpTime` divides its time. */
export interface OpFlops {
  forward: number
  backward: number
  update: number
}

/** Ops of the way back that are the gradient of a weight alone. */
const weightGradientOps: readonly string[] = ['linearWeightGradient', 'convolutionWeightGradient']

/** What the ops of a layer cost in a training step; of the loss where `layer` is empty. */
export function layerFlops(program: Program, layer: string): OpFlops {
  const sizes = measure(program)
  const sum = (ops: readonly AnyOp[]) => ops.reduce((flops, op) => flops + opFlops(op, sizes), 0)
  if (layer === '') return { forward: sum([program.loss]), backward: 0, update: 0 }
  const parameters = program.parameters.filter((parameter) => parameter.layer === layer)
  const backward = program.backward.filter((op) => op.layer === layer)
  const isWeightGradient = ({ op }: AnyOp) => weightGradientOps.includes(op)
  return {
    forward: sum(program.forward.filter((op) => 'layer' in op && op.layer === layer)),
    backward: sum(backward.filter((op) => !isWeightGradient(op))),
    update:
      sum(backward.filter(isWeightGradient)) +
      sum(program.update.filter((op) => parameters.some(({ value }) => value === op.parameter))),
  }
}
