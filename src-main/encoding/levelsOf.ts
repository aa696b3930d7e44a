import type { FieldValues } from '../../src-shared/fields.ts'
import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import { encoders, encodingParameters, isOfPixels, levelTable, sampleEncoders } from './index.ts'
import { normalisedLevels } from './levels/greyLevels.ts'
import type { LevelTable } from './levels/levelTable.ts'

/**
 * What an encoding makes of images of bytes, for an engine that looks it up.
 *
 * @param scale the normalisation before it; null where there is none
 */
export function levelsOf(
  encoding: EngineEncodingSettings,
  scale: FieldValues | null,
  timeSteps: number,
): LevelTable {
  const x = normalisedLevels(scale)
  const { kind, params } = encoding
  if (!isOfPixels(encoding)) {
    return sampleEncoders[kind as keyof typeof sampleEncoders].levels(x, timeSteps, params)
  }
  const parameters = encodingParameters(encoding)
  const encoder = encoders[encoding.kind]
  if (!encoder.spiking)
    return { kind: 'current', ...parameters, currents: scale && levelTable(encoder, parameters, x) }
  const firstStep = Math.min(timeSteps, Number(params.firstSpikeTime ?? 0))
  const probabilities = levelTable(encoder, parameters, x)
  return { kind: 'drawn', fields: 1, probabilities, firstStep, period: timeSteps }
}
