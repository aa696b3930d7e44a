import type { SampleEncodingKind } from '../../src-shared/encodingTables.ts'
import type { EncodingSettings, EngineEncodingSettings } from '../../src-shared/experiment.ts'
import { sampleRoute, type SampleCoding } from '../../src-shared/sampleRoute.ts'
import { eventEncoders } from './events/index.ts'
import { encoders, sampleEncoders } from './index.ts'

/** Input that is made outside the engine. */
export interface GivenInput {
  kind: 'given'
  /** Whether it is the same at every step. */
  static: boolean
  /** Whether it is only zeros and ones. */
  spikes: boolean
}

/** Whether an engine has the encoder. */
export function isOfEngine(encoding: EncodingSettings): encoding is EngineEncodingSettings {
  return encoding.kind in encoders
}

/** Whether the encoder reads images, and no engine has it. */
export function isOfSamples(
  encoding: EncodingSettings,
): encoding is EncodingSettings & { kind: SampleEncodingKind } {
  return encoding.kind in sampleEncoders
}

/** The input of the program of an experiment. */
export function inputOf(coding: SampleCoding): EngineEncodingSettings | GivenInput {
  const { encoding } = coding
  if (isOfEngine(encoding)) {
    if (sampleRoute(coding) === 'bound') return encoding
    const { spiking } = encoders[encoding.kind]
    return { kind: 'given', static: !spiking, spikes: spiking }
  }
  const encoder = isOfSamples(encoding)
    ? sampleEncoders[encoding.kind]
    : eventEncoders[encoding.kind as keyof typeof eventEncoders]
  return { kind: 'given', static: false, spikes: encoder.binary(encoding.params) }
}
