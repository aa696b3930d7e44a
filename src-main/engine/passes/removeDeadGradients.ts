import { operandsOf } from '../operands.ts'
import type { BackwardOp, Program } from '../program.ts'
import type { Pass } from './pass.ts'

/** An op with the outputs that nobody needs taken away; null where none is left. */
function prune(op: BackwardOp, live: ReadonlySet<string>): BackwardOp | null {
  if (operandsOf(op).writes.every((id) => !live.has(id))) return null
  const keep = (id: string | null) => (id !== null && live.has(id) ? id : null)
  switch (op.op) {
    case 'neuronBackward':
      return {
        ...op,
        inputGradient: keep(op.inputGradient),
        parameterGradients: Object.fromEntries(
          Object.entries(op.parameterGradients).filter(([, id]) => live.has(id)),
        ),
      }
    case 'linearWeightGradient':
    case 'convolutionWeightGradient':
      return { ...op, biasGradient: keep(op.biasGradient) }
    case 'gradedSpikesBackward':
      return { ...op, spikesGradient: keep(op.spikesGradient), factorGradient: keep(op.factorGradient) }
    case 'batchNormBackward':
      return {
        ...op,
        inputGradient: keep(op.inputGradient),
        weightGradient: keep(op.weightGradient),
        biasGradient: keep(op.biasGradient),
      }
    case 'addBackward':
    case 'concatBackward':
      return { ...op, outputs: op.outputs.map(keep) }
    case 'accumulate':
    case 'linearInputGradient':
    case 'convolutionInputGradient':
    case 'poolBackward':
    case 'dropoutBackward':
      return op
  }
}

/**
 * Takes away gradients that reach no parameter that learns, most of all those at the input.
 *
 * @param wanted gradients to keep although no update reads them
 */
export function removeDeadGradients(wanted: readonly string[]): Pass {
  return (program: Program) => {
    const live = new Set([...wanted, ...program.update.map((op) => op.gradient)])
    const backward: BackwardOp[] = []
    for (const op of program.backward.toReversed()) {
      const kept = prune(op, live)
      if (!kept) continue
      for (const id of operandsOf(kept).reads) live.add(id)
      backward.unshift(kept)
    }
    live.add(program.loss.gradient)
    return {
      ...program,
      backward,
      values: program.values.filter((value) => value.role !== 'gradient' || live.has(value.id)),
    }
  }
}
