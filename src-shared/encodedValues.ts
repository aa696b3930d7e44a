import { lowestBit, noSpikes, spikeAt, spikesBetween, wordsOf, type SpikeBits } from './spikeBits.ts'

/** What a sample is encoded to, `[T,N]`, in as few bytes as hold it. */
export interface EncodedValues {
  /** T. */
  steps: number
  /** Where a value is not zero. Those of fewer steps than T come again and again; of one step, they stand still. */
  marks: SpikeBits
  /**
   * The values there, step by step and, within a step, in the order of the inputs: in bytes where all are whole numbers
   * that fit. Null where all are 1, which are spikes.
   */
  numbers: Uint8Array | Int8Array | Float32Array | null
  /** Values before each step of the marks and in all. */
  starts: Uint32Array
}

/** The fewest bytes that hold numbers; null where all are 1. */
function inFewBytes(numbers: Float32Array): EncodedValues['numbers'] {
  let [least, most, ones] = [0, 0, true]
  for (const value of numbers) {
    if (value !== Math.floor(value)) return numbers
    if (value < least) least = value
    if (value > most) most = value
    ones &&= value === 1
  }
  if (ones) return null
  if (least >= 0 && most <= 255) return new Uint8Array(numbers)
  return least >= -128 && most <= 127 ? new Int8Array(numbers) : numbers
}

/** Values before each step, and in all. */
function startsOf(marks: SpikeBits): Uint32Array {
  const starts = new Uint32Array(marks.steps + 1)
  for (let step = 0; step < marks.steps; step++) {
    starts[step + 1] = starts[step] + spikesBetween(marks, step, 0, marks.inputs)
  }
  return starts
}

/**
 * @param numbers those at the marks, in their order; null where all are 1
 * @param steps T, where the marks are those of fewer
 */
export function encodedValues(
  marks: SpikeBits,
  numbers: Float32Array | null,
  steps = marks.steps,
): EncodedValues {
  return { steps, marks, numbers: numbers && inFewBytes(numbers), starts: startsOf(marks) }
}

/**
 * The values of numbers of one step after another.
 *
 * @param rows steps that they are of
 * @param steps T, where they come again and again
 */
export function encodedNumbers(numbers: Float32Array, rows: number, steps = rows): EncodedValues {
  const inputs = numbers.length / rows
  const marks = noSpikes(rows, inputs)
  const width = wordsOf(inputs)
  const kept = new Float32Array(numbers.reduce((count, value) => count + (value === 0 ? 0 : 1), 0))
  let next = 0
  for (let step = 0; step < rows; step++) {
    for (let i = 0; i < inputs; i++) {
      const value = numbers[step * inputs + i]
      if (value === 0) continue
      kept[next++] = value
      marks.words[step * width + (i >>> 5)] |= 1 << (i & 31)
    }
  }
  return encodedValues(marks, kept, steps)
}

/** Calls with every value that is not zero, step by step and, within a step, in the order of the inputs. */
export function eachValue(
  { steps, marks: { inputs, words, steps: rows }, numbers, starts }: EncodedValues,
  visit: (step: number, input: number, value: number) => void,
): void {
  const width = wordsOf(inputs)
  for (let step = 0; step < steps; step++) {
    const row = step % rows
    let next = starts[row]
    for (let i = 0; i < width; i++) {
      for (let word = words[row * width + i]; word !== 0; word &= word - 1) {
        visit(step, i * 32 + lowestBit(word), numbers ? numbers[next++] : 1)
      }
    }
  }
}

/** The value of an input at a step. */
export function valueAt({ marks, numbers, starts }: EncodedValues, step: number, input: number): number {
  const row = step % marks.steps
  if (spikeAt(marks, row, input) === 0) return 0
  return numbers ? numbers[starts[row] + spikesBetween(marks, row, 0, input)] : 1
}

/** All values of a step, `[N]`. */
export function valuesOfStep({ marks, numbers, starts }: EncodedValues, step: number): Float32Array {
  const values = new Float32Array(marks.inputs)
  const width = wordsOf(marks.inputs)
  const row = step % marks.steps
  let next = starts[row]
  for (let i = 0; i < width; i++) {
    for (let word = marks.words[row * width + i]; word !== 0; word &= word - 1) {
      values[i * 32 + lowestBit(word)] = numbers ? numbers[next++] : 1
    }
  }
  return values
}

/** All values as numbers, `[T,N]`. */
export function numbersOf(values: EncodedValues): Float32Array {
  const { steps } = values
  const { inputs } = values.marks
  const numbers = new Float32Array(steps * inputs)
  eachValue(values, (step, input, value) => (numbers[step * inputs + input] = value))
  return numbers
}
