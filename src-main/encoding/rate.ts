import { requireFirstSpike } from './brightness.ts'
import { constant } from './constant.ts'
import { drawSequence, type SampleStream } from './draw.ts'
import type { Encoder } from './encoder.ts'

const clip = (x: number): number => Math.min(1, Math.max(0, x))

/** snnTorch's `spikegen.rate`: a pixel fires with probability clip(gain·x + offset, 0, 1). */
export const rate: Encoder = {
  kind: 'rate',
  spiking: true,
  level: (x, parameters) => clip(constant.level(x, parameters)),
}

/**
 * Silences the steps before the first spike, as `first_spike_time` does for data that stand still.
 * Throws `encoding.firstSpike`.
 *
 * @param spikes `[T,N]`, changed in place
 */
export function silenceBefore(firstSpikeTime: number, spikes: Float32Array, timeSteps: number): void {
  requireFirstSpike(firstSpikeTime, timeSteps)
  spikes.fill(0, 0, firstSpikeTime * (spikes.length / timeSteps))
}

/**
 * snnTorch's `spikegen.rate` with `time_var_input`: element `i` fires at step `t` with probability
 * clip(data, 0, 1), without gain or offset, after `firstSpikeTime` more steps of silence.
 *
 * @param data `[T,N]`
 * @param count N
 * @returns `[T + firstSpikeTime, N]`
 */
export function encodeSequence(
  data: Float32Array,
  count: number,
  firstSpikeTime: number,
  stream: SampleStream,
): Float32Array {
  const out = new Float32Array(firstSpikeTime * count + data.length)
  out.set(drawSequence(data.map(clip), count, stream), firstSpikeTime * count)
  return out
}
