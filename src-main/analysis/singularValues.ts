/**
 * Singular values of a matrix `[rows, columns]` of finite numbers, row-major, the largest first: Householder
 * reflections make it bidiagonal (Golub and Kahan 1965), and the eigenvalues of the symmetric matrix
 * [[0, B], [Bᵀ, 0]], which is tridiagonal in the right order, are they and their negatives. Small ones are as
 * exact as rounding the largest one allows.
 */
export function singularValues(values: Float64Array, rows: number, columns: number): Float64Array {
  const wide = rows < columns
  const [height, width] = wide ? [columns, rows] : [rows, columns]
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  if (most === 0) return new Float64Array(width)
  const matrix = Array.from({ length: height }, (_, i) =>
    Float64Array.from(
      { length: width },
      (_value, j) => values[wide ? j * columns + i : i * columns + j] / most,
    ),
  )
  const eigenvalues = tridiagonalEigenvalues(bidiagonal(matrix, width))
  const found = eigenvalues.sort().slice(-width).reverse()
  return found.map((value) => Math.max(0, value) * most)
}

/**
 * The reflection that turns a vector onto its first axis: what is left of it there, and twice the vector of the
 * reflection over its squared length.
 */
function reflect(vector: Float64Array): { left: number; scale: number } {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  if (length === 0) return { left: 0, scale: 0 }
  const left = vector[0] > 0 ? -length : length
  vector[0] -= left
  return { left, scale: 2 / vector.reduce((sum, value) => sum + value * value, 0) }
}

/** Diagonal and superdiagonal of the matrix made bidiagonal, one after the other: d₀, e₀, d₁, e₁, … */
function bidiagonal(matrix: readonly Float64Array[], width: number): Float64Array {
  const found = new Float64Array(2 * width - 1)
  for (let k = 0; k < width; k++) {
    const lower = matrix.slice(k)
    const column = Float64Array.from(lower, (row) => row[k])
    const down = reflect(column)
    found[2 * k] = down.left
    const sums = new Float64Array(width)
    lower.forEach((row, i) => {
      for (let j = k + 1; j < width; j++) sums[j] += column[i] * row[j]
    })
    lower.forEach((row, i) => {
      const share = down.scale * column[i]
      for (let j = k + 1; j < width; j++) row[j] -= share * sums[j]
    })
    if (k + 1 === width) break
    const across = lower[0].slice(k + 1)
    const right = reflect(across)
    found[2 * k + 1] = right.left
    for (const row of lower) {
      let sum = 0
      for (let j = 0; j < across.length; j++) sum += across[j] * row[k + 1 + j]
      const share = right.scale * sum
      for (let j = 0; j < across.length; j++) row[k + 1 + j] -= share * across[j]
    }
  }
  return found
}

/** More turns than this are never wanted for one eigenvalue. */
const mostTurns = 60

/**
 * Eigenvalues of a symmetric tridiagonal matrix whose diagonal is zero, by the implicit QL algorithm (Dubrulle,
 * Martin and Wilkinson 1968), in no order.
 */
function tridiagonalEigenvalues(beside: Float64Array): Float64Array {
  const size = beside.length + 1
  const diagonal = new Float64Array(size)
  const off = new Float64Array(size)
  off.set(beside)
  const negligible = Number.EPSILON * off.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  for (let first = 0; first < size; first++) {
    for (let turn = 0; turn < mostTurns; turn++) {
      let last = first
      while (last < size - 1 && Math.abs(off[last]) > negligible) last++
      if (last === first) break
      turnOnce(diagonal, off, first, last)
    }
  }
  return diagonal
}

/** One turn of QL over the block from `first` to `last`, with the shift of Wilkinson. */
function turnOnce(diagonal: Float64Array, off: Float64Array, first: number, last: number): void {
  const half = (diagonal[first + 1] - diagonal[first]) / (2 * off[first])
  const root = Math.hypot(half, 1)
  let g = diagonal[last] - diagonal[first] + off[first] / (half + (half < 0 ? -root : root))
  let [sine, cosine, taken] = [1, 1, 0]
  for (let i = last - 1; i >= first; i--) {
    const f = sine * off[i]
    const b = cosine * off[i]
    const length = Math.hypot(f, g)
    off[i + 1] = length
    if (length === 0) {
      diagonal[i + 1] -= taken
      off[last] = 0
      return
    }
    sine = f / length
    cosine = g / length
    g = diagonal[i + 1] - taken
    const r = (diagonal[i] - g) * sine + 2 * cosine * b
    taken = sine * r
    diagonal[i + 1] = g + taken
    g = cosine * r - b
  }
  diagonal[first] -= taken
  off[first] = g
  off[last] = 0
}
