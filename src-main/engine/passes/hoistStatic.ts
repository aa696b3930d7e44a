import { gradientOf } from '../builder.ts'
import { operandsOf } from '../operands.ts'
import type { ForwardOp, Program } from '../program.ts'

/** Ops without memory: at every step they do the same to the same input. */
export const statelessOps: ReadonlySet<ForwardOp['op']> = new Set([
  'linear',
  'convolution',
  'pool',
  'batchNorm',
  'add',
  'concat',
])

/**
 * A value that is the same at every step is kept and computed once. Stateless layers hand this on; a neuron
 * makes a sequence of it. The gradient of a static value is static too: it is summed over the steps where it
 * is made. This removes a factor T from the first layer under a constant current.
 */
export function hoistStatic(program: Program): Program {
  const still = new Set(program.values.filter((value) => value.time === 'static').map((value) => value.id))
  const moving = new Set(program.values.filter((value) => value.time === 'sequence').map((value) => value.id))
  for (const op of program.forward) {
    if (!statelessOps.has(op.op) && !(op.op === 'dropout' && op.mask === 'sequence')) continue
    const { reads, writes } = operandsOf(op)
    const inputs = reads.filter((id) => still.has(id) || moving.has(id))
    if (inputs.every((id) => still.has(id)))
      writes.filter((id) => moving.has(id)).forEach((id) => still.add(id))
  }
  const gradients = new Set([...still].map(gradientOf))
  for (const op of program.backward) {
    if (op.op === 'accumulate' && gradients.has(op.output)) op.inputs.forEach((id) => gradients.add(id))
  }
  return {
    ...program,
    values: program.values.map((value) =>
      still.has(value.id) || gradients.has(value.id) ? { ...value, time: 'static' } : value,
    ),
  }
}
