import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import { encoders, encodingParameters, isOfPixels, levelTable, sampleEncoders } from './index.ts'
import type { LevelTable } from './levels/levelTable.ts'

/** What an encoding makes of images of bytes, for an engine that looks it up. */
export function levelsOf(encoding: EngineEncodingSettings, timeSteps: number): LevelTable {
  const { kind, params } = encoding
  if (!isOfPixels(encoding)) {
    return sampleEncoders[kind as keyof typeof sampleEncoders].levels(timeSteps, params)
  }
  const parameters = encodingParameters(encoding)
  const encoder = encoders[encoding.kind]
  if (!encoder.spiking) return { kind: 'current', ...parameters }
  const firstStep = Math.min(timeSteps, Number(params.firstSpikeTime ?? 0))
  const probabilities = levelTable(encoder, parameters)
  return { kind: 'drawn', fields: 1, probabilities, firstStep, period: timeSteps }
}
