/** Bytes `[T,N]` with spikes at the given `[step, neuron]` pairs. */
export function spikeBytes(steps: number, neurons: number, spikes: readonly (readonly [number, number])[]) {
  const bytes = new Uint8Array(steps * neurons)
  for (const [step, neuron] of spikes) bytes[step * neurons + neuron] = 1
  return bytes
}

/** Bytes `[T,N]` in which every `every`-th cell fires, as a stand-in for a busy layer. */
export function busyBytes(steps: number, neurons: number, every: number): Uint8Array {
  const bytes = new Uint8Array(steps * neurons)
  for (let i = 0; i < bytes.length; i += every) bytes[i] = 1
  return bytes
}
