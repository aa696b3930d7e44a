import { valueAt, type EncodedValues } from '../../src-shared/encodedValues.ts'
import type { GreyLevels } from '../../src-shared/encodingContract.ts'
import type { EncodingSettings } from '../../src-shared/experiment.ts'
import { spikeAt } from '../../src-shared/spikeBits.ts'
import { encoders, encodingParameters, isOfPixels } from '../encoding/index.ts'
import { isOfEngine } from '../encoding/input.ts'

const clip = (x: number): number => Math.min(1, Math.max(0, x))

/**
 * What a brightness becomes where that is one number at every step: a current, or the probability of a spike.
 * Null where it becomes a train of its own.
 */
function levelOf(encoding: EncodingSettings): ((x: number) => number) | null {
  if (encoding.kind === 'periodic') return clip
  if (!isOfEngine(encoding) || !isOfPixels(encoding)) return null
  const encoder = encoders[encoding.kind]
  const parameters = encodingParameters(encoding)
  return encoder.spiking ? (x) => clip(encoder.level(x, parameters)) : (x) => encoder.level(x, parameters)
}

/** Steps and inputs of which one character of a train tells. */
const placesOfCharacter = 16

/** The train of one pixel in all of its inputs, until it comes again, as text that is the same where the train is. */
function trainOf(values: EncodedValues, pixel: number, pixels: number): string {
  const { steps, inputs } = values.marks
  const numbers: number[] = []
  let [text, character, held] = ['', 0, 0]
  for (let t = 0; t < steps; t++) {
    for (let i = pixel; i < inputs; i += pixels) {
      const mark = spikeAt(values.marks, t, i)
      if (mark === 1 && values.numbers) numbers.push(valueAt(values, t, i))
      character = (character << 1) | mark
      if (++held < placesOfCharacter) continue
      text += String.fromCharCode(character)
      character = held = 0
    }
  }
  return text + String.fromCharCode(character) + numbers.join(' ')
}

/**
 * How many brightnesses of an image an encoding keeps apart; null where chance draws from receptive fields, so that
 * neither trains nor one probability tell.
 *
 * @param x `[N]`, the brightness of each pixel
 * @param values what they became, `[T,K·N]`
 */
export function greyLevels(
  encoding: EncodingSettings,
  x: Float32Array,
  values: EncodedValues,
): GreyLevels | null {
  if (encoding.kind === 'population' && encoding.params.spikes === 'random') return null
  const level = levelOf(encoding)
  const places = new Map<number, number>()
  x.forEach((value, i) => {
    if (!places.has(value)) places.set(value, i)
  })
  const groups = new Map<string, { levels: number; from: number; to: number }>()
  for (const [value, place] of places) {
    const key = level ? String(level(value)) : trainOf(values, place, x.length)
    const group = groups.get(key) ?? { levels: 0, from: value, to: value }
    group.levels++
    group.from = Math.min(group.from, value)
    group.to = Math.max(group.to, value)
    groups.set(key, group)
  }
  const [first, ...others] = groups.values()
  const largest = others.reduce((most, group) => (group.levels > most.levels ? group : most), first)
  return { levels: places.size, told: groups.size, largest }
}
