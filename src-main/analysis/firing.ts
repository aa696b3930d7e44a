import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import type { LayerTrace } from '../engine/executor.ts'
import type { Program } from '../engine/program.ts'

/** A neuron layer of a program: its name and how many neurons it has. */
export interface NeuronLayer {
  layer: string
  neurons: number
}

/** The neuron layers of a program, in order. */
export function neuronLayers(program: Program): NeuronLayer[] {
  return program.forward.flatMap((op) => {
    if (op.op !== 'neuron') return []
    const spikes = program.values.find((value) => value.id === op.spikes)
    return [{ layer: op.layer, neurons: elementCount(spikes?.shape ?? []) }]
  })
}

/**
 * Mean firing per neuron and step of each layer, 0 to 1, from the spikes summed over `samples` samples; 0 before
 * the first sample.
 */
export function firingRates(
  layerSpikes: readonly number[],
  layers: readonly NeuronLayer[],
  samples: number,
  timeSteps: number,
): number[] {
  return layers.map(({ neurons }, i) =>
    samples > 0 ? (layerSpikes[i] ?? 0) / (samples * timeSteps * neurons) : 0,
  )
}

/** Spikes of each neuron summed over the steps, `[N]`, of a trace of one sample `[T,1,N]`. */
export function spikeCounts(trace: LayerTrace): Float32Array {
  const counts = new Float32Array(trace.neurons)
  for (let i = 0; i < trace.spikes.length; i++) counts[i % trace.neurons] += trace.spikes[i]
  return counts
}
