import { firingAt, noSpikes, spikeAt, spikesBetween, wordsOf, type SpikeBits } from './spikeBits.ts'

/** What a sample is encoded to, `[T,N]`, in as few bytes as hold it. */
export interface EncodedValues {
  /** T. */
  steps: number
  /** Where a value is not zero. Those of fewer steps than T come again and again; of one step, they stand still. */
  marks: SpikeBits
  /**
   * The values there, step by step and, within a step, in the order of the inputs: their places in `palette` where that
   * is given. Null where all are 1, which are spikes.
   */
  numbers: Uint8Array | Float32Array | null
  /** The different values where there are at most 256, in the order in which they come first. */
  palette: Float32Array | null
  /** Values before each step of the marks and in all. */
  starts: Uint32Array
}

type Numbers = Pick<EncodedValues, 'numbers' | 'palette'>

/** Different values that a byte can stand for. */
const mostColours = 256
/** Slots of the table in which values are looked up; a power of two, so large that few share one. */
const slotBits = 10

/** A byte for each of at most 256 different numbers, or the numbers themselves; null where all are 1. */
function inFewBytes(numbers: Float32Array): Numbers {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length)
  const places = new Uint8Array(numbers.length)
  const slots = new Int16Array(1 << slotBits).fill(-1)
  const found = new Uint32Array(mostColours)
  let count = 0
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    let slot = Math.imul(word, 0x9e3779b1) >>> (32 - slotBits)
    while (slots[slot] >= 0 && found[slots[slot]] !== word) slot = (slot + 1) & (slots.length - 1)
    if (slots[slot] < 0) {
      if (count === mostColours) return { numbers, palette: null }
      found[count] = word
      slots[slot] = count++
    }
    places[i] = slots[slot]
  }
  const palette = new Float32Array(found.buffer, 0, count).slice()
  return palette.every((value) => value === 1)
    ? { numbers: null, palette: null }
    : { numbers: places, palette }
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
  const few = numbers ? inFewBytes(numbers) : { numbers, palette: null }
  return { steps, marks, ...few, starts: startsOf(marks) }
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
  let count = 0
  for (let i = 0; i < numbers.length; i++) if (numbers[i] !== 0) count++
  const kept = new Float32Array(count)
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

/** The value of an entry of `numbers`. */
export function entryOf({ numbers, palette }: Numbers, entry: number): number {
  if (!numbers) return 1
  return palette ? palette[numbers[entry]] : numbers[entry]
}

/** Calls with every value that is not zero, step by step and, within a step, in the order of the inputs. */
export function eachValue(
  values: EncodedValues,
  visit: (step: number, input: number, value: number) => void,
): void {
  const { steps, marks, starts } = values
  const firing = new Uint32Array(marks.inputs)
  for (let step = 0; step < steps; step++) {
    const row = step % marks.steps
    const count = firingAt(marks, row, firing)
    for (let i = 0; i < count; i++) visit(step, firing[i], entryOf(values, starts[row] + i))
  }
}

/** The value of an input at a step. */
export function valueAt(values: EncodedValues, step: number, input: number): number {
  const { marks, numbers, starts } = values
  const row = step % marks.steps
  if (spikeAt(marks, row, input) === 0) return 0
  return numbers ? entryOf(values, starts[row] + spikesBetween(marks, row, 0, input)) : 1
}

/** All values of a step, `[N]`. */
export function valuesOfStep(values: EncodedValues, step: number): Float32Array {
  const { marks, starts } = values
  const found = new Float32Array(marks.inputs)
  const firing = new Uint32Array(marks.inputs)
  const row = step % marks.steps
  const count = firingAt(marks, row, firing)
  for (let i = 0; i < count; i++) found[firing[i]] = entryOf(values, starts[row] + i)
  return found
}

/** All values as numbers, `[T,N]`. */
export function numbersOf(values: EncodedValues): Float32Array {
  const { steps } = values
  const { inputs } = values.marks
  const numbers = new Float32Array(steps * inputs)
  eachValue(values, (step, input, value) => (numbers[step * inputs + input] = value))
  return numbers
}
