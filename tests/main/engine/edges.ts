import { findValue } from '../../../src-main/engine/backends/checks.ts'
import type { BatchResult } from '../../../src-main/engine/executor.ts'
import type { Program } from '../../../src-main/engine/program.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'

/** Channels that the kernels of every instruction set take together. */
const vectorWidth = 16

/** Where kernels take other ways than in the middle of large networks. */
const edges = {
  'one sample': (_: Program, samples: number) => samples === 1,
  'one step': ({ timeSteps }: Program) => timeSteps === 1,
  'one neuron': (program: Program) => layerShapes(program).some((shape) => elementCount(shape) === 1),
  'channels beyond whole vectors': (program: Program) =>
    layerShapes(program).some(([channels]) => channels > vectorWidth && channels % vectorWidth !== 0),
  'fewer channels than a vector': (program: Program) =>
    layerShapes(program).some(([channels]) => channels < vectorWidth),
  'a short last batch': ({ batchSize }: Program, samples: number) => samples < batchSize,
}

export type Edge = keyof typeof edges
export const everyEdge = Object.keys(edges) as Edge[]
/** Those of networks over maps; a layer of one neuron is seldom among them. */
export const mapEdges = everyEdge.filter((edge) => edge !== 'one neuron')

/** Shapes of what synapses make and of neurons, `[N]` or `[C,...]`. */
function layerShapes(program: Program): number[][] {
  return program.forward.flatMap((op) => {
    if (op.op === 'neuron') return [findValue(program, op.spikes).shape]
    return op.op === 'linear' || op.op === 'convolution' ? [findValue(program, op.output).shape] : []
  })
}

/** Counts the networks at each edge that were compared while their neurons fired. */
export class EdgeTally {
  private readonly counts = new Map<Edge, number>()

  note(program: Program, { predictions, layerSpikes }: BatchResult): void {
    if (layerSpikes.every((spikes) => spikes === 0)) return
    for (const edge of everyEdge) {
      if (edges[edge](program, predictions.length)) this.counts.set(edge, this.count(edge) + 1)
    }
  }

  count(edge: Edge): number {
    return this.counts.get(edge) ?? 0
  }

  /** Those of the edges that fewer than `least` networks were at, with how many were. */
  missing(wanted: readonly Edge[], least: number): string[] {
    return wanted
      .filter((edge) => this.count(edge) < least)
      .map((edge) => `${edge}: ${this.count(edge)} networks, of ${least}`)
  }
}
