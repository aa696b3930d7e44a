import type { EncodingStudy } from '../../../../src-shared/contract.ts'
import { valueAt, type EncodedValues } from '../../../../src-shared/encodedValues.ts'
import { noSpikes, spikeAt, wordsOf, type SpikeBits } from '../../../../src-shared/spikeBits.ts'

/** The inputs of a network as maps of pixels. */
export interface InputGrid {
  channels: number
  height: number
  width: number
}

/** Which inputs a raster shows. */
export type InputChoice = 'all' | 'row' | 'column' | 'around'

/** How far around the chosen pixel `around` reaches. */
const reach = 2

/** The maps of a shape `[C,H,W]`; a row of pixels where it is another. */
export function gridOf(shape: readonly number[]): InputGrid {
  const [channels, height, width] =
    shape.length === 3 ? shape : [1, 1, shape.reduce((product, size) => product * size, 1)]
  return { channels, height, width }
}

/** The pixel nearest to the centre that is at least half as bright as the brightest; the centre where none is. */
export function middlePixel({ source }: Pick<EncodingStudy, 'source'>): number {
  const { height, width } = gridOf(source.shape)
  const { values } = source
  let most = 0
  for (let i = 0; i < height * width; i++) if (values[i] > most) most = values[i]
  let best = Math.floor(height / 2) * width + Math.floor(width / 2)
  let nearest = Infinity
  for (let i = 0; i < height * width; i++) {
    if (most <= 0 || values[i] < most / 2) continue
    const distance = (Math.floor(i / width) - height / 2) ** 2 + ((i % width) - width / 2) ** 2
    if (distance >= nearest) continue
    nearest = distance
    best = i
  }
  return best
}

/** Numbers of the inputs that a raster of a choice shows, ascending. */
export function chosenInputs(
  choice: InputChoice,
  { channels, height, width }: InputGrid,
  pixel: number,
  channel: number,
): number[] {
  const plane = height * width
  if (choice === 'all') return Array.from({ length: channels * plane }, (_, i) => i)
  const [row, column] = [Math.floor(pixel / width), pixel % width]
  const fits = (i: number): boolean => {
    const [down, across] = [Math.floor(i / width) - row, (i % width) - column]
    if (choice === 'row') return down === 0
    if (choice === 'column') return across === 0
    return Math.max(Math.abs(down), Math.abs(across)) <= reach
  }
  const found: number[] = []
  for (let i = 0; i < plane; i++) if (fits(i)) found.push(channel * plane + i)
  return found
}

/** One input over the steps, `[T]`. */
export function trainOf(values: EncodedValues, input: number): Float32Array {
  return Float32Array.from({ length: values.steps }, (_, step) => valueAt(values, step, input))
}

/** Which of some inputs, ascending, fire, `[T,n]`. */
export function spikesOf({ steps, marks }: EncodedValues, inputs: readonly number[]): SpikeBits {
  if (inputs.length === marks.inputs && steps === marks.steps) return marks
  const out = noSpikes(steps, inputs.length)
  const width = wordsOf(inputs.length)
  for (let step = 0; step < steps; step++) {
    inputs.forEach((input, i) => {
      out.words[step * width + (i >>> 5)] |= spikeAt(marks, step % marks.steps, input) << (i & 31)
    })
  }
  return out
}

/** How often two spikes of a train follow each other after 1, 2, … steps, `[T-1]`. */
export function intervalsOf(train: ArrayLike<number>): Uint32Array {
  const counts = new Uint32Array(Math.max(0, train.length - 1))
  let before = -1
  for (let t = 0; t < train.length; t++) {
    if (train[t] === 0) continue
    if (before >= 0) counts[t - before - 1]++
    before = t
  }
  return counts
}
