import type { Penalty, PenaltyTerm } from '../../../penalties.ts'
import type { Memory } from '../memory.ts'

/** What one neuron of one sample adds, and the gradient at each of its spikes. */
function charge(
  { kind, strength, target, fanOut }: PenaltyTerm,
  count: number,
  place: number,
  { steps, batch }: { steps: number; batch: number },
): { value: number; gradient: number } {
  if (kind === 'l1_rate') return { value: strength * count, gradient: strength }
  if (kind === 'synaptic_operations') {
    const each = (strength * fanOut[fanOut.length === 1 ? 0 : place]) / batch
    return { value: each * count, gradient: each }
  }
  const apart = count / steps - target
  return { value: (strength * apart * apart) / batch, gradient: (2 * strength * apart) / (batch * steps) }
}

/** What a layer's regularisers add to the loss. */
export function penaltyOf({ spikes: id, terms }: Penalty, memory: Memory): number {
  let sum = 0
  eachNeuron(id, memory, (count, place, extents) => {
    for (const term of terms) sum += charge(term, count, place, extents).value
  })
  return sum
}

/** Adds their gradient to that at the spikes, `[T,B,N]`. */
export function addPenaltyGradient(penalty: Penalty, memory: Memory, gradient: Float32Array): void {
  if (penalty.fresh) gradient.fill(0)
  eachNeuron(penalty.spikes, memory, (count, place, extents, row) => {
    const added = penalty.terms.reduce((sum, term) => sum + charge(term, count, place, extents).gradient, 0)
    for (let i = row; i < gradient.length; i += extents.rows) gradient[i] += added
  })
}

interface Extents {
  steps: number
  batch: number
  /** B·N. */
  rows: number
}

function eachNeuron(
  id: string,
  memory: Memory,
  visit: (count: number, place: number, extents: Extents, row: number) => void,
): void {
  const rows = memory.batch * memory.width(id)
  const [channels = 1] = memory.value(id).shape
  const places = memory.width(id) / channels
  const extents = { steps: memory.allSteps, batch: memory.batch, rows }
  memory.spikeCounts(id).forEach((count, row) => visit(count, row % places, extents, row))
}
