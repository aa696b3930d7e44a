/**
 * Spikes of one layer on one sample, sorted by step and, within a step, by neuron. Built once from the bytes
 * of a trace; painting and picking read it without ever touching the bytes again.
 */
export interface SpikeIndex {
  steps: number
  neurons: number
  /** Number of spikes in all. */
  count: number
  /** Spikes of step `t` stand at `ids[offsets[t] .. offsets[t + 1])`; length `steps + 1`. */
  offsets: Uint32Array
  /** Neuron of each spike, ascending within a step. */
  ids: Uint32Array
  /** Spikes of each neuron over all steps, `[N]`. */
  perNeuron: Uint32Array
}

/**
 * Sorts the bytes `[T,N]` (0 or 1) into an index. `bytes` beyond `steps · neurons` are ignored; missing ones
 * count as silence.
 */
export function buildSpikeIndex(bytes: Uint8Array, steps: number, neurons: number): SpikeIndex {
  const total = Math.min(bytes.length, steps * neurons)
  let count = 0
  for (let i = 0; i < total; i++) if (bytes[i] !== 0) count++
  const offsets = new Uint32Array(steps + 1)
  const ids = new Uint32Array(count)
  const perNeuron = new Uint32Array(neurons)
  let next = 0
  for (let step = 0; step < steps; step++) {
    const row = step * neurons
    const end = Math.min(neurons, Math.max(0, total - row))
    for (let neuron = 0; neuron < end; neuron++) {
      if (bytes[row + neuron] === 0) continue
      ids[next++] = neuron
      perNeuron[neuron]++
    }
    offsets[step + 1] = next
  }
  return { steps, neurons, count, offsets, ids, perNeuron }
}

/** Position of the first spike in `[start, end)` whose neuron is at least `neuron`; `end` where there is none. */
export function lowerBound(ids: Uint32Array, start: number, end: number, neuron: number): number {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ids[middle] < neuron) low = middle + 1
    else high = middle
  }
  return low
}

/** Spikes of each step, `[T]`, counting only neurons in `[low, high)`. */
export function spikesPerStep(index: SpikeIndex, low = 0, high = index.neurons): Uint32Array {
  const counts = new Uint32Array(index.steps)
  for (let step = 0; step < index.steps; step++) {
    const start = index.offsets[step]
    const end = index.offsets[step + 1]
    counts[step] = lowerBound(index.ids, start, end, high) - lowerBound(index.ids, start, end, low)
  }
  return counts
}

/** Steps at which a neuron fires, ascending. */
export function stepsOfNeuron(index: SpikeIndex, neuron: number): number[] {
  const steps: number[] = []
  for (let step = 0; step < index.steps; step++) {
    const end = index.offsets[step + 1]
    const at = lowerBound(index.ids, index.offsets[step], end, neuron)
    if (at < end && index.ids[at] === neuron) steps.push(step)
  }
  return steps
}

/** How many neurons never fire. */
export function silentNeurons(index: SpikeIndex): number {
  let silent = 0
  for (const spikes of index.perNeuron) if (spikes === 0) silent++
  return silent
}
