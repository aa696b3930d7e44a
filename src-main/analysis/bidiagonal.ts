/**
 * Makes a matrix `[height, width]`, row-major and at least as high as wide, bidiagonal by Householder reflections from
 * both sides (Golub and Kahan 1965), in place. Each step goes over the rest of the matrix twice: once to take off both
 * reflections and to multiply by the next one from the left, and once to multiply by the one from the right (Howell,
 * Demmel et al. 2008).
 *
 * @returns diagonal and superdiagonal one after the other: d₀, e₀, d₁, e₁, …
 */
export async function bidiagonal(
  matrix: Float64Array,
  height: number,
  width: number,
  breathe: () => Promise<void>,
): Promise<Float64Array> {
  const found = new Float64Array(2 * width - 1)
  const left = new Float64Array(height)
  const right = new Float64Array(width)
  const sums = new Float64Array(width)
  const next = new Float64Array(height)
  const products = new Float64Array(height)
  let scale = columnReflection(matrix, height, width, 0, left, found)
  multiplyLeft(matrix, height, width, left, sums)
  for (let k = 0; k + 1 < width; k++) {
    for (let j = k + 1; j < width; j++) right[j] = matrix[k * width + j] - scale * left[k] * sums[j]
    const across = reflect(right, k + 1, width)
    found[2 * k + 1] = across.left
    multiplyRight(matrix, height, width, k + 1, right, products)
    let meeting = 0
    for (let j = k + 1; j < width; j++) meeting += sums[j] * right[j]
    // What is taken off row i: down[i]·sums + over[i]·right.
    for (let i = k + 1; i < height; i++) {
      left[i] *= scale
      products[i] = across.scale * (products[i] - left[i] * meeting)
    }
    for (let i = k + 1; i < height; i++) {
      const at = i * width + k + 1
      matrix[at] -= left[i] * sums[k + 1] + products[i] * right[k + 1]
    }
    scale = columnReflection(matrix, height, width, k + 1, next, found)
    takeOff(matrix, height, width, k + 2, { left, products, sums, right, next })
    left.set(next)
    await breathe()
  }
  return found
}

/**
 * The reflection that turns a part of a vector onto its first axis: what is left of it there, and twice the vector of
 * the reflection over its squared length. The vector of the reflection takes the place of the part.
 */
function reflect(vector: Float64Array, from: number, to: number): { left: number; scale: number } {
  let squares = 0
  for (let i = from; i < to; i++) squares += vector[i] * vector[i]
  if (squares === 0) return { left: 0, scale: 0 }
  const length = Math.sqrt(squares)
  const first = vector[from]
  const left = first > 0 ? -length : length
  vector[from] = first - left
  return { left, scale: 2 / (squares - first * first + (first - left) ** 2) }
}

/** The reflection of column k below its diagonal, into `vector`; its value on the diagonal into `found`. */
function columnReflection(
  matrix: Float64Array,
  height: number,
  width: number,
  k: number,
  vector: Float64Array,
  found: Float64Array,
): number {
  for (let i = k; i < height; i++) vector[i] = matrix[i * width + k]
  const { left, scale } = reflect(vector, k, height)
  found[2 * k] = left
  return scale
}

/** Sums of all rows, each times its entry of `vector`. */
function multiplyLeft(
  matrix: Float64Array,
  height: number,
  width: number,
  vector: Float64Array,
  sums: Float64Array,
): void {
  sums.fill(0)
  for (let i = 0; i < height; i++) {
    const factor = vector[i]
    for (let j = 0; j < width; j++) sums[j] += factor * matrix[i * width + j]
  }
}

/** Products of the rows from `from` on with `vector`, both from column `from` on; four sums at a time. */
function multiplyRight(
  matrix: Float64Array,
  height: number,
  width: number,
  from: number,
  vector: Float64Array,
  products: Float64Array,
): void {
  let i = from
  for (; i + 3 < height; i += 4) {
    const [a, b, c, d] = [i * width, (i + 1) * width, (i + 2) * width, (i + 3) * width]
    let [p, q, r, s] = [0, 0, 0, 0]
    for (let j = from; j < width; j++) {
      const factor = vector[j]
      p += matrix[a + j] * factor
      q += matrix[b + j] * factor
      r += matrix[c + j] * factor
      s += matrix[d + j] * factor
    }
    products[i] = p
    products[i + 1] = q
    products[i + 2] = r
    products[i + 3] = s
  }
  for (; i < height; i++) {
    let p = 0
    for (let j = from; j < width; j++) p += matrix[i * width + j] * vector[j]
    products[i] = p
  }
}

interface Reflections {
  /** Times `sums`, and `products` times `right`, are taken off each row. */
  left: Float64Array
  products: Float64Array
  sums: Float64Array
  right: Float64Array
  /** The next reflection from the left, by which the rest is multiplied into `sums`. */
  next: Float64Array
}

/**
 * Takes both reflections off the rows from `from - 1` and the columns from `from` on, and multiplies what is left by the
 * next; two rows at a time.
 */
function takeOff(
  matrix: Float64Array,
  height: number,
  width: number,
  from: number,
  { left, products, sums, right, next }: Reflections,
): void {
  const coming = new Float64Array(width)
  let i = from - 1
  for (; i + 1 < height; i += 2) {
    const [a, b] = [i * width, (i + 1) * width]
    const [la, lb, pa, pb, na, nb] = [
      left[i],
      left[i + 1],
      products[i],
      products[i + 1],
      next[i],
      next[i + 1],
    ]
    for (let j = from; j < width; j++) {
      const sum = sums[j]
      const beside = right[j]
      const x = matrix[a + j] - la * sum - pa * beside
      const y = matrix[b + j] - lb * sum - pb * beside
      matrix[a + j] = x
      matrix[b + j] = y
      coming[j] += na * x + nb * y
    }
  }
  for (; i < height; i++) {
    for (let j = from; j < width; j++) {
      const x = matrix[i * width + j] - left[i] * sums[j] - products[i] * right[j]
      matrix[i * width + j] = x
      coming[j] += next[i] * x
    }
  }
  sums.set(coming)
}
