/** The number on the nearest whole step; halves go to the even one, as `torch.round` has it. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1
  return below % 2 === 0 ? below : below + 1
}

/** Least and greatest of numbers, as many as there are. */
export function extent(values: ArrayLike<number>): { least: number; most: number } {
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < values.length; i++) {
    if (values[i] < least) least = values[i]
    if (values[i] > most) most = values[i]
  }
  return { least, most }
}
