import type { TensorFacts } from '../../../../src-shared/contentsContract.ts'

/** The largest distance of a value from zero, which gets the strongest colour; 0 where there are no numbers. */
export function largestOf({ statistics }: TensorFacts): number {
  return statistics ? Math.max(Math.abs(statistics.min), Math.abs(statistics.max)) : 0
}
