import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type {
  ClippingSettings,
  ExperimentDocument,
  EngineEncodingSettings,
  LossSettings,
  OptimizerSettings,
  RecomputeKind,
  RegulariserSettings,
} from '../../src-shared/experiment.ts'
import { checkExperiment } from '../../src-shared/experimentSchema.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { lossTables } from '../../src-shared/lossTables.ts'
import { networkInput } from '../../src-shared/model/connections.ts'
import type { ModelDocument } from '../../src-shared/model/document.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { inferModel } from '../../src-shared/model/shapes.ts'
import { lastScale } from '../../src-shared/sampleRoute.ts'
import { inputOf, isStill } from '../encoding/input.ts'
import { gradientOf, ProgramBuilder } from './builder.ts'
import { findLayerOps } from './layers/index.ts'
import type { LayerOps, LayerSite, Signal, SignalGradient } from './layers/layerOps.ts'
import { lossNumbers } from './losses/lossNumbers.ts'
import { optimizers } from './optimizers/index.ts'
import { FanOut, termsOf } from './penalties.ts'
import { hoistStatic } from './passes/hoistStatic.ts'
import { markSpikes } from './passes/markSpikes.ts'
import type { Pass } from './passes/pass.ts'
import { removeDeadGradients } from './passes/removeDeadGradients.ts'
import type { EncodeOp, LossOp, Program } from './program.ts'
import type { Clipping } from './updateOps.ts'

/** Everything of an experiment that decides its program. */
export interface NetworkSpec {
  model: ModelDocument
  timeSteps: number
  /** The largest batch. */
  batchSize: number
  /**
   * `given` takes values or sparse frames instead of images; static ones are `[1,B,...]`, the same at every step.
   * `spikes` promises that they are all 0 or 1; backends then keep them as bits.
   */
  encoding: EngineEncodingSettings | { kind: 'given'; static: boolean; spikes?: boolean }
  /** Mean and deviation by which images are normalised before they are encoded; left out: they are not. */
  scale?: FieldValues | null
  loss: LossSettings
  /** Left out: nothing is added to the loss. */
  regularisers?: readonly RegulariserSettings[]
  optimizer: OptimizerSettings
  /** Left out: gradients are taken as they are. */
  clipping?: ClippingSettings
  /** Batches averaged for one step; left out: every batch is a step. */
  accumulation?: number
  seed: number
  /** Steps after which the gradient through time is cut; 0, or nothing, is never. */
  truncation?: number
  /** Whether currents are made again on the way back rather than kept: where it says always. */
  recompute?: RecomputeKind
  /** Steps that are kept together for the way back; left out: all. */
  stretch?: number
  /** Keeps the gradient at the input although nothing learns from it. */
  inputGradient?: boolean
}

/** Id of the value that holds the encoded input. */
export const inputValue = 'input'

interface CompiledLayer {
  ops: LayerOps
  site: LayerSite
  output: Signal
  /** False where it hands on the value that it reads. */
  isOp: boolean
}

function buildInput(spec: NetworkSpec, build: ProgramBuilder): Signal {
  const { encoding } = spec
  const { shape } = spec.model.input
  const isStatic = encoding.kind === 'given' ? encoding.static : isStill(encoding)
  build.values.push({
    id: inputValue,
    role: 'input',
    format: encoding.kind === 'given' && encoding.spikes ? 'spikes' : 'float32',
    time: isStatic ? 'static' : 'sequence',
    shape: [...shape],
  })
  const params = encoding.kind === 'given' ? {} : encoding.params
  const scale = encoding.kind === 'given' ? null : (spec.scale ?? null)
  const op: EncodeOp = { op: 'encode', encoding: encoding.kind, params, scale, output: inputValue }
  build.forward.push(op)
  return { value: inputValue, shape: [...shape], membrane: null }
}

function buildForward(spec: NetworkSpec, build: ProgramBuilder): CompiledLayer[] {
  const inferred = inferModel(spec.model)
  const problem = [...inferred.problems, ...inferred.layers.flatMap((layer) => layer.problems)].at(0)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
  const signals = new Map([[networkInput, buildInput(spec, build)]])
  return inferred.layers.map(({ node, inputs: from, parameters }) => {
    const inputs = from.map((id) => signals.get(id)).filter((signal) => signal !== undefined)
    const ops = findLayerOps(node.kind)
    if (!ops) throw new Error(`layer kind "${node.kind}" is in the layer table, but has no ops`)
    for (const parameter of parameters) build.parameter(node.id, parameter)
    const site = { node, input: inputs[0], inputs }
    const output = ops.forward(site, build)
    const isOp = output.value !== site.input.value
    if (isOp) inputs.forEach(({ value }) => build.read(value))
    signals.set(node.id, output)
    return { ops, site, output, isOp }
  })
}

function buildLoss(
  { loss, timeSteps }: NetworkSpec,
  { value, membrane, shape }: Signal,
  build: ProgramBuilder,
): LossOp {
  const input = lossTables[loss.kind].reads === 'spikes' ? value : membrane
  if (input === null) throw new Error('the last layer has no membrane')
  const numbers = lossNumbers(loss, timeSteps, elementCount(shape))
  return { op: 'loss', ...numbers, input, spikes: value, gradient: build.gradient(input) }
}

function buildPenalties(spec: NetworkSpec, build: ProgramBuilder): void {
  const fanOut = new FanOut(build.forward, build.values)
  for (const op of build.forward) {
    if (op.op !== 'neuron') continue
    const terms = termsOf(spec.regularisers ?? [], op, fanOut)
    if (terms.length > 0) build.penalties.push({ layer: op.layer, spikes: op.spikes, fresh: false, terms })
  }
}

/** The gradients at the output of a layer, with one at its spikes where a regulariser adds to it. */
function penalised(
  layer: string,
  output: Signal,
  gradient: SignalGradient,
  build: ProgramBuilder,
): SignalGradient {
  const penalty = build.penalties.find((candidate) => candidate.layer === layer)
  if (!penalty || gradient.value !== null) return gradient
  penalty.fresh = true
  return { ...gradient, value: build.gradient(output.value) }
}

function buildBackward(layers: readonly CompiledLayer[], loss: LossOp, build: ProgramBuilder): void {
  const { reads } = lossTables[loss.loss]
  const last = layers.at(-1)
  for (const layer of layers.toReversed()) {
    const { ops, site, output, isOp } = layer
    if (!isOp) continue
    const membrane = layer === last && reads === 'membrane' ? loss.gradient : null
    const arriving = { value: build.arriving(output.value, site.node.id), membrane }
    ops.backward(site, output, penalised(site.node.id, output, arriving, build), build)
  }
  build.arriving(inputValue, networkInput)
}

function buildUpdate({ kind, params }: OptimizerSettings, build: ProgramBuilder): void {
  const optimizer = optimizers[kind]
  for (const { value, learnable } of build.parameters) {
    if (!learnable) continue
    const shape = build.values.find(({ id }) => id === value)?.shape ?? []
    for (const state of optimizer.states(params)) {
      build.tensor(`${value}.${state}`, 'optimizerState', shape)
    }
    build.update.push(optimizer.update(value, gradientOf(value), params))
  }
}

function readClipping({ kind, params }: ClippingSettings): Clipping | null {
  return kind === 'none' ? null : { by: kind, most: Number(params.most) }
}

/**
 * Turns a network into a program: forward, loss, backward and update, then the passes.
 *
 * @throws SpikedeskError the first problem of the model
 */
export function compileNetwork(spec: NetworkSpec): Program {
  const build = new ProgramBuilder(spec.truncation)
  const layers = buildForward(spec, build)
  const loss = buildLoss(spec, layers[layers.length - 1].output, build)
  buildPenalties(spec, build)
  buildBackward(layers, loss, build)
  buildUpdate(spec.optimizer, build)
  if (spec.clipping) build.clipping = readClipping(spec.clipping)
  build.accumulation = spec.accumulation ?? 1
  build.recompute = spec.recompute === 'always'
  build.stretch = spec.stretch ?? 0
  const passes: Pass[] = [
    hoistStatic,
    removeDeadGradients(spec.inputGradient ? [gradientOf(inputValue)] : []),
    markSpikes,
  ]
  return passes.reduce(
    (program, pass) => pass(program),
    build.program(spec.timeSteps, spec.batchSize, spec.seed, loss),
  )
}

/**
 * The program of an experiment.
 *
 * @throws SpikedeskError the first problem of the experiment
 */
export function compileExperiment(experiment: ExperimentDocument): Program {
  const problem = checkExperiment(experiment).at(0)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
  return compileNetwork({
    ...experiment,
    encoding: inputOf(experiment),
    scale: lastScale(experiment.transforms),
  })
}
