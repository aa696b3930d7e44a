import { encodingTables, type SampleEncodingKind } from '../../src-shared/encodingTables.ts'
import type { EncodingSettings, EngineEncodingSettings } from '../../src-shared/experiment.ts'
import { sampleRoute, type SampleCoding } from '../../src-shared/sampleRoute.ts'
import { eventEncoders } from './events/index.ts'
import { encoders, isOfPixels, sampleEncoders } from './index.ts'

/** Input that is made outside the engine. */
export interface GivenInput {
  kind: 'given'
  /** Whether it is the same at every step. */
  static: boolean
  /** Whether it is only zeros and ones. */
  spikes: boolean
}

/** Whether the encoding reads images, so that engines have it. */
export function isOfEngine(encoding: EncodingSettings): encoding is EngineEncodingSettings {
  return encodingTables[encoding.kind].reads === 'images'
}

/** Whether what an encoding makes of an image stays the same at every step. */
export function isStill(encoding: EngineEncodingSettings): boolean {
  return isOfPixels(encoding) && !encoders[encoding.kind].spiking
}

/** Whether an encoding makes nothing but zeros and ones of an image, anew at every step. */
export function makesSpikes(encoding: EngineEncodingSettings): boolean {
  const { kind, params } = encoding
  if (isOfPixels(encoding)) return encoders[encoding.kind].spiking
  return sampleEncoders[kind as SampleEncodingKind].binary(params)
}

/** The input of the program of an experiment. */
export function inputOf(coding: SampleCoding): EngineEncodingSettings | GivenInput {
  const { encoding } = coding
  if (isOfEngine(encoding)) {
    if (sampleRoute(coding) !== 'streamed') return encoding
    return { kind: 'given', static: isStill(encoding), spikes: makesSpikes(encoding) }
  }
  const encoder = eventEncoders[encoding.kind as keyof typeof eventEncoders]
  return { kind: 'given', static: false, spikes: encoder.binary(encoding.params) }
}
