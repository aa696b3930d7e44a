import { makesSpikes } from '../../encoding/input.ts'
import type { Program } from '../program.ts'

/** Says which values hold nothing but 0 and 1: what neurons hand on, the input of spiking encoders, given spikes. */
export function markSpikes(program: Program): Program {
  const spikes = new Set(program.values.filter(({ format }) => format === 'spikes').map(({ id }) => id))
  for (const op of program.forward) {
    if (op.op === 'neuron') spikes.add(op.spikes)
    if (op.op === 'pool' && op.pool === 'max' && spikes.has(op.input)) spikes.add(op.output)
    // A sum of spikes may be 2, side by side they stay what they are.
    if (op.op === 'concat' && op.inputs.every((id) => spikes.has(id))) spikes.add(op.output)
    if (op.op !== 'encode' || op.encoding === 'given') continue
    if (makesSpikes({ kind: op.encoding, params: op.params })) spikes.add(op.output)
  }
  return {
    ...program,
    values: program.values.map((value) => (spikes.has(value.id) ? { ...value, format: 'spikes' } : value)),
  }
}
