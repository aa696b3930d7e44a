import { notFiniteIn } from '../../../finite.ts'
import type { Program } from '../../../program.ts'
import type { Clipping, UpdateOp } from '../../../updateOps.ts'
import type { Memory } from '../memory.ts'
import { adam } from './adam.ts'
import { adamax } from './adamax.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

/** What an update takes besides its own numbers. */
export interface UpdateStep {
  memory: Memory
  /** Steps done before this one. */
  step: number
  learningRate: number
  /** An element of a gradient as the optimizer takes it: averaged and clipped. */
  adjusted(element: number): number
}

/**
 * Factor on all gradients that brings them to a norm, as torch.nn.utils.clip_grad_norm_ has it:
 * most / (norm + 1e-6), at most 1; `norm` is the L2 norm of all of them together.
 */
export function clippingFactor(norm: number, most: number): number {
  return Math.min(1, most / (norm + 1e-6))
}

function adjustment(clipping: Clipping | null, averaged: number, squares: () => number) {
  if (clipping?.by === 'value') {
    const { most } = clipping
    return (element: number) => Math.min(most, Math.max(-most, element * averaged))
  }
  if (!clipping) return (element: number) => element * averaged
  const norm = averaged * Math.sqrt(squares())
  if (Number.isNaN(norm)) return null
  const factor = averaged * clippingFactor(norm, clipping.most)
  return (element: number) => element * factor
}

function applyUpdate(op: UpdateOp, step: UpdateStep): void {
  switch (op.op) {
    case 'adam':
      return adam(op, step)
    case 'adamax':
      return adamax(op, step)
    case 'rmsprop':
      return rmsprop(op, step)
    case 'sgd':
      return sgd(op, step)
  }
}

/**
 * One step of the optimizer over gradients that are summed over some batches: their mean, clipped, then each
 * parameter's update.
 *
 * @param step steps done before this one
 * @param batches how many batches the gradients are summed over
 * @param learningRate null takes the program's own
 * @returns the last parameter whose gradient is not finite where their norm is NaN, so that nothing is updated
 */
export function updateAll(
  { update, clipping }: Pick<Program, 'update' | 'clipping'>,
  memory: Memory,
  step: number,
  batches = 1,
  learningRate: number | null = null,
): string | null {
  const squares = () =>
    update.reduce(
      (all, op) => memory.tensor(op.gradient).reduce((sum, element) => sum + element * element, all),
      0,
    )
  const adjusted = adjustment(clipping, 1 / batches, squares)
  if (!adjusted) {
    const spoilt = update.findLast(({ gradient }) => notFiniteIn(memory.tensor(gradient)) !== undefined)
    return spoilt?.parameter ?? null
  }
  for (const op of update)
    applyUpdate(op, { memory, step, adjusted, learningRate: learningRate ?? op.learningRate })
  return null
}
