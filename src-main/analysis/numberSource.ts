/** Numbers that are read piece by piece, so that a large tensor is never there as doubles all at once. */
export interface NumberSource {
  readonly count: number
  /** Fills `into` with the numbers from `from` on. */
  read(from: number, into: Float64Array): void
  at(index: number): number
}

const longestPiece = 1 << 14

export function sourceOf(values: ArrayLike<number>): NumberSource {
  return {
    count: values.length,
    read(from, into) {
      for (let i = 0; i < into.length; i++) into[i] = values[from + i]
    },
    at: (index) => values[index],
  }
}

/** Hands over all numbers in order, in pieces that are only good until the next one. */
export function forEachPiece(
  source: NumberSource,
  use: (values: Float64Array, from: number) => void,
  [begin, end]: readonly [number, number] = [0, source.count],
): void {
  const buffer = new Float64Array(Math.min(longestPiece, Math.max(0, end - begin)))
  for (let from = begin; from < end; from += longestPiece) {
    const piece = buffer.subarray(0, Math.min(longestPiece, end - from))
    source.read(from, piece)
    use(piece, from)
  }
}
