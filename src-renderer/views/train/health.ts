import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { lossTables } from '../../../src-shared/lossTables.ts'
import type { ActivityTrace, EpochRecord } from '../../../src-shared/contract.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import type { InferredLayer } from '../../../src-shared/model/shapes.ts'

/** A layer as the health panel shows it. */
export interface LayerHealth {
  id: string
  kind: string
  neuron: boolean
  /** Whether it is the last neuron layer. */
  output: boolean
  inputs: number
  outputs: number
  parameters: number
  threshold: number | null
  /** Firing per neuron and step, 0 to 1; null where not known (yet) or not a neuron layer. */
  rate: number | null
  /** Neurons that stay silent on the traced sample; null without a trace. */
  silent: number | null
  /** Highest membrane among the silent ones. */
  highestSilent: number | null
}

/** Below this share a hidden layer passes on too little, above the other a spike says too little. */
export const quietRate = 0.01
export const saturatedRate = 0.8
/** From this share of silent neurons on, a hidden layer is worth a note. */
const silentShare = 0.9

type TracedLayer = ActivityTrace['layers'][number]

/** Neurons of a traced layer without a spike, and the highest membrane potential among them. */
export function silence(layer: TracedLayer, steps: number): { silent: number; highest: number | null } {
  const { neurons, spikes, membrane } = layer
  let silent = 0
  let highest: number | null = null
  for (let neuron = 0; neuron < neurons; neuron++) {
    let peak = Number.NEGATIVE_INFINITY
    let fires = false
    for (let at = neuron; at < steps * neurons; at += neurons) {
      if (spikes[at] !== 0) {
        fires = true
        break
      }
      if (membrane[at] > peak) peak = membrane[at]
    }
    if (fires) continue
    silent++
    if (highest === null || peak > highest) highest = peak
  }
  return { silent, highest }
}

/** Every layer with what is known of it; `rates` are those of the neuron layers, in order. */
export function layerHealth(
  layers: readonly InferredLayer[],
  rates: readonly number[],
  trace: ActivityTrace | null,
): LayerHealth[] {
  const lastNeuron = layers.findLastIndex(({ definition }) => definition?.family === 'neuron')
  let seen = 0
  return layers.map(({ node, definition, inputShape, outputShape, parameterCount }, position) => {
    const neuron = definition?.family === 'neuron'
    const rate = neuron ? (rates[seen++] ?? null) : null
    const traced = trace?.layers.find(({ layer }) => layer === node.id)
    const quiet = traced && trace ? silence(traced, trace.timeSteps) : null
    return {
      id: node.id,
      kind: node.kind,
      neuron,
      output: position === lastNeuron,
      inputs: inputShape ? elementCount(inputShape) : 0,
      outputs: outputShape ? elementCount(outputShape) : 0,
      parameters: parameterCount,
      threshold: typeof node.params.threshold === 'number' ? node.params.threshold : null,
      rate,
      silent: quiet?.silent ?? null,
      highestSilent: quiet?.highest ?? null,
    }
  })
}

/** Mean firing per neuron and step over the hidden neuron layers; null where there are none or nothing is known. */
export function hiddenFiring(health: readonly LayerHealth[]): number | null {
  let spikes = 0
  let neurons = 0
  for (const layer of health) {
    if (!layer.neuron || layer.output || layer.rate === null) continue
    spikes += layer.rate * layer.outputs
    neurons += layer.outputs
  }
  return neurons > 0 ? spikes / neurons : null
}

/** Whether the loss of an experiment reads the spikes of the output. */
export function readsSpikes(experiment: ExperimentDocument | null | undefined): boolean {
  return !experiment || lossTables[experiment.loss.kind].reads === 'spikes'
}

export type Advice =
  | { kind: 'dead' | 'quiet' | 'saturated'; layer: LayerHealth; rate: number }
  | { kind: 'silentNeurons'; layer: LayerHealth; silent: number; highest: number }
  | { kind: 'chance'; epochs: number; accuracy: number; classes: number }

/** What deserves a word, worst first. A healthy network gets none. */
export function advise(
  health: readonly LayerHealth[],
  epochs: readonly EpochRecord[],
  classes: number | null,
  /** Whether the loss reads the spikes of the output; if not, a quiet output does no harm. */
  outputSpikesCount = true,
): Advice[] {
  const notes: Advice[] = []
  for (const layer of health) {
    if (layer.rate === null || (layer.output && !outputSpikesCount)) continue
    if (layer.rate === 0) notes.push({ kind: 'dead', layer, rate: 0 })
    else if (layer.rate > saturatedRate) notes.push({ kind: 'saturated', layer, rate: layer.rate })
    else if (layer.rate < quietRate) notes.push({ kind: 'quiet', layer, rate: layer.rate })
    else if (!layer.output && layer.silent !== null && layer.highestSilent !== null) {
      if (layer.silent >= silentShare * layer.outputs) {
        notes.push({ kind: 'silentNeurons', layer, silent: layer.silent, highest: layer.highestSilent })
      }
    }
  }
  const best = Math.max(...epochs.map(({ testAccuracy }) => testAccuracy))
  if (classes !== null && epochs.length >= 2 && best < 1.5 / classes) {
    notes.push({ kind: 'chance', epochs: epochs.length, accuracy: best, classes })
  }
  return notes
}
