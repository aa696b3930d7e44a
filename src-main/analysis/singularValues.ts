import { bidiagonal } from './bidiagonal.ts'

/**
 * Singular values of a matrix `[rows, columns]` of finite numbers, row-major, the largest first: Householder
 * reflections make it bidiagonal (Golub and Kahan 1965), and the eigenvalues of the symmetric matrix
 * [[0, B], [Bᵀ, 0]], which is tridiagonal in the right order, are they and their negatives. Small ones are as
 * exact as rounding the largest one allows.
 *
 * @param breathe is awaited often while it calculates, so that others get their turn; what it throws ends it
 */
export async function singularValues(
  values: Float64Array,
  rows: number,
  columns: number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const wide = rows < columns
  const [height, width] = wide ? [columns, rows] : [rows, columns]
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  if (most === 0) return new Float64Array(width)
  const matrix = new Float64Array(height * width)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = wide ? column * width + row : row * width + column
      matrix[at] = values[row * columns + column] / most
    }
  }
  const eigenvalues = await tridiagonalEigenvalues(await bidiagonal(matrix, height, width, breathe), breathe)
  const found = eigenvalues.sort().slice(-width).reverse()
  return found.map((value) => Math.max(0, value) * most)
}

/** More turns than this are never wanted for one eigenvalue. */
const mostTurns = 60

/**
 * Eigenvalues of a symmetric tridiagonal matrix whose diagonal is zero, by the implicit QL algorithm (Dubrulle,
 * Martin and Wilkinson 1968), in no order.
 */
async function tridiagonalEigenvalues(
  beside: Float64Array,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
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
    await breathe()
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
