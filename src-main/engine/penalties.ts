import type { RegulariserSettings } from '../../src-shared/experiment.ts'
import type { RegulariserKind } from '../../src-shared/regulariserTables.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import type { Window } from '../../src-shared/model/window.ts'
import type { ForwardOp, NeuronOp, Value } from './program.ts'

/** One regulariser of one layer; definitions: `regulariserTables`. */
export interface PenaltyTerm {
  kind: RegulariserKind
  strength: number
  /** Spikes a step (`target_rate`). */
  target: number
  /** Synapses behind a neuron of each place (`synaptic_operations`); one number where all are alike. */
  fanOut: number[]
}

/**
 * Added to the loss, for one neuron layer. Its gradient is added to that at the spikes before the neurons go back.
 * Where gradients are given in place of those of the loss there is none.
 */
export interface Penalty {
  layer: string
  spikes: string
  /** True where nothing else writes the gradient at the spikes, which then begins as zero. */
  fresh: boolean
  terms: PenaltyTerm[]
}

/** Calls `visit(input place, output place)` for every pair that a window joins, once for each tap. */
function eachPair(window: Window, adaptive: boolean, visit: (input: number, output: number) => void): void {
  const { height, width, outputHeight, outputWidth } = window
  const taps = (
    o: number,
    size: number,
    outputs: number,
    kernel: number,
    stride: number,
    padding: number,
    dilation: number,
  ) => {
    if (!adaptive) return Array.from({ length: kernel }, (_, k) => o * stride - padding + k * dilation)
    const start = Math.floor((o * size) / outputs)
    return Array.from({ length: Math.ceil(((o + 1) * size) / outputs) - start }, (_, k) => start + k)
  }
  for (let y = 0; y < outputHeight; y++) {
    const rows = taps(
      y,
      height,
      outputHeight,
      window.kernelHeight,
      window.strideY,
      window.paddingY,
      window.dilationY,
    )
    for (let x = 0; x < outputWidth; x++) {
      const columns = taps(
        x,
        width,
        outputWidth,
        window.kernelWidth,
        window.strideX,
        window.paddingX,
        window.dilationX,
      )
      for (const row of rows) {
        for (const column of columns) {
          if (row < 0 || row >= height || column < 0 || column >= width) continue
          visit(row * width + column, y * outputWidth + x)
        }
      }
    }
  }
}

/**
 * Synapses that a spike of a value reaches before the next neurons, of each place: outputs of a linear layer, taps
 * of convolutions. Through a pooling it counts for every window that it lies in. Neurons that hear each other are
 * reached as well.
 */
export class FanOut {
  readonly #forward: readonly ForwardOp[]
  readonly #shapes: Map<string, number[]>

  constructor(forward: readonly ForwardOp[], values: readonly Value[]) {
    this.#forward = forward
    this.#shapes = new Map(values.map(({ id, shape }) => [id, shape]))
  }

  ofNeurons({ spikes, parameters }: NeuronOp): number[] {
    const all = elementCount(this.#shape(spikes))
    const heard = 'recurrent.weight' in parameters ? all : 'V' in parameters ? 1 : 0
    return this.#of(spikes).map((count) => count + heard)
  }

  #shape(id: string): number[] {
    return this.#shapes.get(id) ?? []
  }

  #of(value: string): number[] {
    const places = this.#shape(value)
      .slice(1)
      .reduce((product, size) => product * size, 1)
    const sums = Array<number>(places).fill(0)
    for (const op of this.#forward) {
      if (op.op === 'encode') continue
      const times = ('inputs' in op ? op.inputs : [op.input]).filter((input) => input === value).length
      if (times === 0) continue
      const reached = this.#through(op, places)
      for (let i = 0; i < places; i++) sums[i] += times * reached[reached.length === 1 ? 0 : i]
    }
    return sums
  }

  /** What a spike at each input place of an op reaches through it. */
  #through(op: Exclude<ForwardOp, { op: 'encode' }>, places: number): number[] {
    if (op.op === 'neuron') return [0]
    if (op.op === 'linear') return [this.#shape(op.weight)[0]]
    if (op.op !== 'convolution' && op.op !== 'pool') return this.#of(op.output)
    const sums = Array<number>(places).fill(0)
    if (op.op === 'convolution') {
      const each = op.window.outputs / op.groups
      eachPair(op.window, false, (input) => (sums[input] += each))
      return sums
    }
    const after = this.#of(op.output)
    const reach = (output: number) => after[after.length === 1 ? 0 : output]
    eachPair(op.window, op.pool === 'adaptiveAverage', (input, output) => (sums[input] += reach(output)))
    return sums
  }
}

/** The regularisers of one layer; empty where it has none. */
export function termsOf(
  regularisers: readonly RegulariserSettings[],
  op: NeuronOp,
  fanOut: FanOut,
): PenaltyTerm[] {
  return regularisers
    .filter(({ layers }) => layers.length === 0 || layers.includes(op.layer))
    .map(({ kind, params }) => ({
      kind,
      strength: Number(params.strength),
      target: Number(params.target ?? 0),
      fanOut: kind === 'synaptic_operations' ? fanOut.ofNeurons(op) : [],
    }))
}
