import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { ActivityTrace } from '../../../src-shared/contract.ts'
import type { PickedNeuron } from '../../charts/raster/timeWindow.ts'
import { useChartTheme } from '../../charts/theme.ts'

export type TracedLayer = ActivityTrace['layers'][number]

/** As many membranes as can be told apart in one plot. */
export const mostPicks = 4

/** The neuron of a traced layer that fires most; the first one where none fires. */
export function busiestNeuron({ neurons, spikes }: TracedLayer): number {
  const counts = new Uint32Array(neurons)
  for (let i = 0; i < spikes.length; i++) if (spikes[i] !== 0) counts[i % neurons]++
  return counts.reduce((best, count, neuron) => (count > counts[best] ? neuron : best), 0)
}

/**
 * Which neurons' membranes are shown: up to four of one layer, each with a colour that it keeps while it is
 * picked. Picking in another layer begins anew there. Before anybody has picked, the predicted and the true
 * class of the output are shown.
 */
export function usePicks(trace: ComputedRef<ActivityTrace | null>) {
  const theme = useChartTheme()
  const chosen = shallowRef<{ layer: string; neurons: readonly (number | null)[] } | null>(null)

  watch(
    () => trace.value?.layers.map(({ layer, neurons }) => `${layer}:${neurons}`).join(),
    () => (chosen.value = null),
  )

  const shown = computed(() => {
    if (chosen.value || !trace.value) return chosen.value
    const output = trace.value.layers.at(-1)
    if (!output) return null
    const { prediction, label } = trace.value
    return { layer: output.layer, neurons: prediction === label ? [prediction] : [prediction, label] }
  })
  const layer = computed(() => trace.value?.layers.find(({ layer: id }) => id === shown.value?.layer) ?? null)

  /** The predicted and the true class look in every plot as in the bars. */
  function colourOf(neuron: number, slot: number): string {
    const { predicted, truth, series } = theme.value
    if (layer.value && layer.value === trace.value?.layers.at(-1)) {
      if (neuron === trace.value.prediction) return predicted
      if (neuron === trace.value.label) return truth
      return [series[1], series[3], series[4], series[6]][slot]
    }
    return series[slot]
  }

  const picked = computed((): PickedNeuron[] =>
    (shown.value?.neurons ?? []).flatMap((neuron, slot) =>
      neuron === null ? [] : [{ neuron, colour: colourOf(neuron, slot) }],
    ),
  )

  /** Picks a neuron, or drops it where it is picked already; the oldest goes where there are four. */
  function pick(id: string, neuron: number): void {
    const neurons = shown.value?.layer === id ? [...shown.value.neurons] : []
    const at = neurons.indexOf(neuron)
    const free = neurons.indexOf(null)
    if (at >= 0) neurons[at] = null
    else if (free >= 0) neurons[free] = neuron
    else if (neurons.length < mostPicks) neurons.push(neuron)
    else neurons[0] = neuron
    const left = neurons.some((other) => other !== null)
    chosen.value = left ? { layer: id, neurons } : { layer: id, neurons: [] }
  }

  const pickedIn = (id: string): PickedNeuron[] => (shown.value?.layer === id ? picked.value : [])

  return { layer, picked, pick, pickedIn }
}
