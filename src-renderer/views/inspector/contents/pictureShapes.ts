/** Height and width of a picture. */
export type PictureShape = readonly [height: number, width: number]

const longestSide = 512
const mostShapes = 24

function pairs(count: number): PictureShape[] {
  const found: PictureShape[] = []
  for (let height = 1; height * height <= count; height++) {
    if (count % height === 0) found.push([height, count / height])
  }
  return found.filter(([, width]) => width <= longestSide).toReversed()
}

/**
 * Shapes of pictures that a tensor may be cut into, the likeliest first: the last two axes of kernels; for a matrix the
 * divisions of its rows, squares before others, also squares of two and three channels; none of scalars.
 */
export function pictureShapes(shape: readonly number[]): PictureShape[] {
  if (shape.length === 0 || shape.includes(0)) return []
  const [height, width] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1]
  if (shape.length > 2 && height <= longestSide && width <= longestSide) return [[height, width]]
  const squares = [1, 2, 3]
    .map((channels) => Math.sqrt(width / channels))
    .filter((side) => Number.isInteger(side) && side > 1 && side <= longestSide)
    .map((side): PictureShape => [side, side])
  const all = [...squares, ...pairs(width)]
  const seen = new Set<string>()
  return all.filter((pair) => !seen.has(pair.join()) && seen.add(pair.join())).slice(0, mostShapes)
}
