import type { TransformSettings } from '../../../src-shared/experiment.ts'
import {
  transformTables,
  type TransformKind,
  type TransformTable,
} from '../../../src-shared/transformTables.ts'
import type { SampleStream } from '../draw.ts'
import type { Events } from '../events/events.ts'
import type { ImageSample } from '../images/image.ts'
import { TransformStream } from '../random.ts'
import { centerCrop } from './centerCrop.ts'
import { cropTime } from './cropTime.ts'
import { denoise } from './denoise.ts'
import { downsample } from './downsample.ts'
import { dropEvent } from './dropEvent.ts'
import { dropEventByArea } from './dropEventByArea.ts'
import { dropEventByTime } from './dropEventByTime.ts'
import { dropPixel } from './dropPixel.ts'
import { flipLR } from './flipLR.ts'
import { flipPolarity } from './flipPolarity.ts'
import { flipUD } from './flipUD.ts'
import { grayscale } from './grayscale.ts'
import { mergePolarities } from './mergePolarities.ts'
import { normalise } from './normalise.ts'
import { randomCrop } from './randomCrop.ts'
import { randomRotate } from './randomRotate.ts'
import { randomShift } from './randomShift.ts'
import { refractoryPeriod } from './refractoryPeriod.ts'
import { resize } from './resize.ts'
import { spatialJitter } from './spatialJitter.ts'
import { timeJitter } from './timeJitter.ts'
import { timeReversal } from './timeReversal.ts'
import { timeSkew } from './timeSkew.ts'
import type { Transform } from './transform.ts'
import { uniformNoise } from './uniformNoise.ts'

export type { Transform } from './transform.ts'

/** The table of transforms. Their parameter tables stand in `transformTables`. */
export const transforms = {
  ...{ denoise, refractoryPeriod, cropTime, dropPixel, mergePolarities, downsample, timeSkew },
  ...{ centerCrop, randomCrop, flipLR, flipUD, flipPolarity, timeReversal },
  ...{ dropEvent, dropEventByTime, dropEventByArea, timeJitter, spatialJitter, uniformNoise },
  ...{ resize, grayscale, normalise, randomShift, randomRotate },
} as const satisfies Record<TransformKind, Transform>

/**
 * What is done to a sample: a random transform is left out where it is meant for training and this is a test, or an
 * evaluation of the training split (epoch 0). A random crop then keeps the middle, so that the shape is the same.
 */
function applied({ kind, params }: TransformSettings, { phase, epoch }: SampleStream): Transform | null {
  const table: TransformTable = transformTables[kind]
  const learning = phase === 'train' && epoch > 0
  if (!table.random || learning || params.appliesTo === 'both') return transforms[kind]
  return kind === 'randomCrop' ? centerCrop : null
}

/** Whether a sample is changed by a transform, and not left as it is since that is meant for training. */
export function isApplied(setting: TransformSettings, stream: SampleStream): boolean {
  return applied(setting, stream) === transforms[setting.kind]
}

/** Transforms a recording in place; `seen` hears of every transform that is done, by its place. */
export function transformEvents(
  settings: readonly TransformSettings[],
  events: Events,
  stream: SampleStream,
  seen?: (place: number) => void,
): void {
  settings.forEach((setting, place) => {
    applied(setting, stream)?.events?.(events, setting.params, new TransformStream(stream, place))
    const table: TransformTable = transformTables[setting.kind]
    if (table.shape) events.shape = table.shape(events.shape, setting.params)
    seen?.(place)
  })
}

/** Transforms an image; the one given stays as it is. `seen` hears what every transform makes of it, by its place. */
export function transformImage(
  settings: readonly TransformSettings[],
  image: ImageSample,
  stream: SampleStream,
  seen?: (place: number, image: ImageSample) => void,
): ImageSample {
  return settings.reduce((current, setting, place) => {
    const transform = applied(setting, stream)
    const next = transform?.image?.(current, setting.params, new TransformStream(stream, place)) ?? current
    seen?.(place, next)
    return next
  }, image)
}
