import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { encodeSample } from './index.ts'
import { normalisedLevels } from './levels/greyLevels.ts'

const everyLevel = Uint8Array.from({ length: 256 }, (_, byte) => byte)

/** The grey levels that occur in images. */
function levelsIn(images: Uint8Array): Uint8Array {
  const seen = new Uint8Array(256)
  for (let i = 0; i < images.length; i++) seen[images[i]] = 1
  return everyLevel.filter((level) => seen[level] === 1)
}

/**
 * Refuses images of which some cannot be encoded: whether they can depends on their grey levels alone.
 *
 * @param scale the normalisation before the encoding; null where there is none
 * @param images bytes of any number of images
 * @throws `encoding.` errors
 */
export function requireEncodable(
  encoding: EngineEncodingSettings,
  scale: FieldValues | null,
  timeSteps: number,
  images: Uint8Array,
): void {
  const stream = { seed: 0, phase: 'test' as const, sample: 0, epoch: 0 }
  const brightness = normalisedLevels(scale)
  try {
    encodeSample(encoding, everyLevel, timeSteps, stream, brightness)
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError)) throw thrown
    encodeSample(encoding, levelsIn(images), timeSteps, stream, brightness)
  }
}
