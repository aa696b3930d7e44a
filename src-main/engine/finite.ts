/** The first value that is NaN or infinite; undefined where all are finite. */
export function notFiniteIn(values: Float32Array): number | undefined {
  return values.find((value) => !Number.isFinite(value))
}
