import type { EncodingSettings, ImageEncodingSettings } from '../../src-shared/experiment.ts'
import { sampleRoute, type SampleCoding } from '../../src-shared/sampleRoute.ts'
import { eventEncoders } from './events/index.ts'
import { encoders } from './index.ts'

/** Input that is made outside the engine. */
export interface GivenInput {
  kind: 'given'
  /** Whether it is the same at every step. */
  static: boolean
  /** Whether it is only zeros and ones. */
  spikes: boolean
}

export function readsImages(encoding: EncodingSettings): encoding is ImageEncodingSettings {
  return encoding.kind in encoders
}

/** The input of the program of an experiment. */
export function inputOf(coding: SampleCoding): ImageEncodingSettings | GivenInput {
  const { encoding } = coding
  if (readsImages(encoding)) {
    if (sampleRoute(coding) === 'bound') return encoding
    const { spiking } = encoders[encoding.kind]
    return { kind: 'given', static: !spiking, spikes: spiking }
  }
  const encoder = eventEncoders[encoding.kind as keyof typeof eventEncoders]
  return { kind: 'given', static: false, spikes: encoder.binary(encoding.params) }
}
