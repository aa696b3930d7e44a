import { elementCount } from '../../../../../src-shared/model/layerDefinition.ts'
import { windowOf } from '../../../../../src-shared/model/window.ts'
import type { NeuronBackwardOp, NeuronOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'
import { eachPair, inputPlaces, tapsOf } from '../ops/convolutionTaps.ts'

/** Connections inside a layer: what a neuron hears of all neurons of the step before. */
export interface Connections {
  /** Spikes, or the membranes themselves (LeakyParallel). */
  readonly hears: 'spikes' | 'membranes'
  /** Names of the parameters. */
  readonly names: { weight: string; bias: string | null }
  readonly weight: Float32Array
  readonly bias: Float32Array | null
  /** Calls `visit` with every neuron that `target` hears and the place of their weight. */
  each(target: number, visit: (source: number, weight: number) => void): void
  /** The place of a neuron's bias. */
  biasOf(target: number): number
}

type Pattern = Pick<Connections, 'each' | 'biasOf'>

const same = (target: number): number => target

function oneToOne(weights: number): Pattern {
  return { each: (target, visit) => visit(target, weights > 1 ? target : 0), biasOf: same }
}

function allToAll(width: number): Pattern {
  return {
    each(target, visit) {
      for (let source = 0; source < width; source++) visit(source, target * width + source)
    },
    biasOf: same,
  }
}

/** A convolution of kernel `[C,C,K,K]` over maps `[C,H,W]` with half the kernel for padding, as snnTorch has it. */
function convolved(maps: readonly number[], kernel: number): Pattern {
  const window = windowOf(maps, { kernel, padding: Math.floor(kernel / 2) }, 2)
  if (!window) throw new Error('neurons that a kernel connects are no maps')
  const places = inputPlaces(window)
  const taps = tapsOf(window)
  const heard = Array.from({ length: elementCount(maps) }, (): { source: number; weight: number }[] => [])
  eachPair(window, 1, (o, i, kernel) => {
    taps.forEach((joined, tap) => {
      for (const { output, input } of joined) {
        heard[o * places + output].push({ source: i * places + input, weight: kernel * taps.length + tap })
      }
    })
  })
  return {
    each: (target, visit) => heard[target].forEach(({ source, weight }) => visit(source, weight)),
    biasOf: (target) => Math.floor(target / places),
  }
}

function patternOf(maps: readonly number[], weight: readonly number[]): Pattern {
  const width = elementCount(maps)
  if (weight.length === 4) return convolved(maps, weight[2])
  return weight.length === 2 ? allToAll(width) : oneToOne(elementCount(weight))
}

const kinds = [
  { weight: 'recurrent.weight', bias: 'recurrent.bias', hears: 'spikes' },
  { weight: 'V', bias: null, hears: 'spikes' },
  { weight: 'rnn.weight_hh_l0', bias: 'rnn.bias_hh_l0', hears: 'membranes' },
] as const

/** The connections of a layer of neurons; null where it has none. */
export function connectionsOf(op: NeuronOp | NeuronBackwardOp, memory: Memory): Connections | null {
  const kind = kinds.find(({ weight }) => weight in op.parameters)
  if (!kind) return null
  const { weight, bias, hears } = kind
  const id = op.parameters[weight]
  return {
    ...patternOf(memory.value(op.spikes).shape, memory.value(id).shape),
    names: { weight, bias },
    hears,
    weight: memory.tensor(id),
    bias: bias === null ? null : memory.optional(op.parameters[bias] ?? null),
  }
}
