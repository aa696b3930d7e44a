import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { extent } from './rounding.ts'

/** Throws `encoding.brightness` where a value is not within 0 and `most`. */
export function requireBrightness(values: Float32Array, encoding: string, most = 1): void {
  const found = extent(values)
  const wrong = found.least < 0 ? found.least : found.most > most ? found.most : null
  if (wrong !== null) throw new SpikedeskError('encoding.brightness', { encoding, found: wrong, most })
}

/** Throws `encoding.firstSpike` where the first spike would come after the last step. */
export function requireFirstSpike(firstSpikeTime: number, timeSteps: number): void {
  if (firstSpikeTime <= timeSteps - 1) return
  throw new SpikedeskError('encoding.firstSpike', { found: firstSpikeTime, steps: timeSteps })
}
