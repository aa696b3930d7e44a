/**
 * Singular values of a matrix `[rows, columns]`, row-major, the largest first, by one-sided Jacobi rotations of
 * the rows or columns, whichever are fewer. Source: Hestenes 1958; Golub and Van Loan, Matrix Computations, 8.6.3.
 */
export function singularValues(values: Float64Array, rows: number, columns: number): Float64Array {
  const wide = rows <= columns
  const count = wide ? rows : columns
  const length = wide ? columns : rows
  const vectors = Array.from({ length: count }, (_, i) =>
    Float64Array.from({ length }, (_value, k) => values[wide ? i * columns + k : k * columns + i]),
  )
  for (let sweep = 0; sweep < mostSweeps; sweep++) if (!rotateAll(vectors, length)) break
  return Float64Array.from(vectors, (vector) => Math.hypot(...chunks(vector)))
    .sort()
    .reverse()
}

const mostSweeps = 30
/** Vectors whose cosine is smaller than this are at right angles. */
const precision = 1e-10

/** Lengths of parts of a vector, so that their squares neither overflow nor flood the stack. */
function chunks(vector: Float64Array): number[] {
  const lengths: number[] = []
  for (let at = 0; at < vector.length; at += 1024) lengths.push(Math.hypot(...vector.subarray(at, at + 1024)))
  return lengths
}

/** Turns every pair of vectors to right angles; whether any was turned. */
function rotateAll(vectors: readonly Float64Array[], length: number): boolean {
  let turned = false
  for (let i = 0; i < vectors.length; i++) {
    for (let j = i + 1; j < vectors.length; j++) {
      const [a, b] = [vectors[i], vectors[j]]
      let [aa, bb, ab] = [0, 0, 0]
      for (let k = 0; k < length; k++) {
        aa += a[k] * a[k]
        bb += b[k] * b[k]
        ab += a[k] * b[k]
      }
      if (!(Math.abs(ab) > precision * Math.sqrt(aa * bb))) continue
      turned = true
      const zeta = (bb - aa) / (2 * ab)
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
      const cosine = 1 / Math.sqrt(1 + tangent * tangent)
      const sine = cosine * tangent
      for (let k = 0; k < length; k++) {
        const before = a[k]
        a[k] = cosine * before - sine * b[k]
        b[k] = sine * before + cosine * b[k]
      }
    }
  }
  return turned
}
