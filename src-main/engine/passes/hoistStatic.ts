import { gradientOf } from '../builder.ts'
import type { Program } from '../program.ts'

/**
 * A value that is the same at every step is kept and computed once. Stateless layers hand this on; a neuron
 * makes a sequence of it. The gradient of a static value is static too: it is summed over the steps where it
 * is made. This removes a factor T from the first layer under a constant current.
 */
export function hoistStatic(program: Program): Program {
  const still = new Set(program.values.filter((value) => value.time === 'static').map((value) => value.id))
  for (const op of program.forward) if (op.op === 'linear' && still.has(op.input)) still.add(op.output)
  const gradients = new Set([...still].map(gradientOf))
  return {
    ...program,
    values: program.values.map((value) =>
      still.has(value.id) || gradients.has(value.id) ? { ...value, time: 'static' } : value,
    ),
  }
}
