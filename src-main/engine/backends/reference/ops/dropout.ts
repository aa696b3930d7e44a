import { philox, purposes } from '../../../../../src-shared/philox.ts'
import type { DropoutBackwardOp, DropoutOp } from '../../../mapOps.ts'
import type { DrawKey } from '../drawKey.ts'
import type { Memory } from '../memory.ts'

/**
 * Calls `visit(step, element of [B,N], factor)` for every step and element; the factor is 0 or 1/(1 - p). Word
 * n % 4 of counter (n / 4, stream · 2¹⁶ + t, sample of the batch, training step) decides of element n: it is kept
 * from p · 2³² on. A mask of the whole sequence has t = 0.
 */
function eachFactor(
  { probability, mask, stream }: DropoutOp | DropoutBackwardOp,
  { seed, step }: DrawKey,
  extents: { first: number; steps: number; batch: number; width: number },
  visit: (t: number, at: number, factor: number) => void,
): void {
  const threshold = probability * 2 ** 32
  const kept = 1 / (1 - probability)
  const words = new Uint32Array(4)
  for (let t = 0; t < extents.steps; t++) {
    const drawn = stream * 2 ** 16 + (mask === 'step' ? extents.first + t : 0)
    for (let b = 0; b < extents.batch; b++) {
      for (let n = 0; n < extents.width; n++) {
        if ((n & 3) === 0) philox(seed, purposes.dropout, n >>> 2, drawn, b, step, words)
        visit(t, b * extents.width + n, words[n & 3] >= threshold ? kept : 0)
      }
    }
  }
}

const extentsOf = (id: string, memory: Memory) => ({
  first: memory.stretch.first,
  steps: memory.steps(id),
  batch: memory.batch,
  width: memory.width(id),
})

/** Zeroes and scales in training; copies where `key` is null. A static input under a mask per step is repeated. */
export function dropout(op: DropoutOp, memory: Memory, key: DrawKey | null): void {
  const input = memory.tensor(op.input)
  const output = memory.tensor(op.output)
  const extents = extentsOf(op.output, memory)
  const row = extents.batch * extents.width
  const inputRow = memory.steps(op.input) === 1 ? 0 : row
  if (key)
    eachFactor(
      op,
      key,
      extents,
      (t, at, factor) => (output[t * row + at] = factor * input[t * inputRow + at]),
    )
  else for (let i = 0; i < output.length; i++) output[i] = input[inputRow === 0 ? i % row : i]
}

/** The gradient through the same mask; summed over the steps where the input is static. */
export function dropoutBackward(op: DropoutBackwardOp, memory: Memory, key: DrawKey): void {
  const gradient = memory.tensor(op.gradient)
  const output = memory.tensor(op.output)
  const extents = extentsOf(op.gradient, memory)
  const row = extents.batch * extents.width
  const outputRow = memory.steps(op.output) === 1 ? 0 : row
  const sums = new Float64Array(output.length)
  eachFactor(
    op,
    key,
    extents,
    (t, at, factor) => (sums[t * outputRow + at] += factor * gradient[t * row + at]),
  )
  output.set(sums)
}
