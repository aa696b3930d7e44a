import type { Field, NumberField } from './fields.ts'
import { firstSpikeField, sampleEncodingTables } from './sampleEncodingTables.ts'

export const gainField: NumberField = {
  type: 'number',
  key: 'gain',
  label: 'Gain',
  symbol: 'g',
  min: 0,
  max: 1000,
  step: 0.05,
  slider: [0, 2],
  default: 1,
  help: 'The image is multiplied by this before it is coded.',
}

export const offsetField: NumberField = {
  type: 'number',
  key: 'offset',
  label: 'Offset',
  symbol: 'o',
  min: -1000,
  max: 1000,
  step: 0.05,
  slider: [-1, 1],
  default: 0,
  help: 'This is added to the image before it is coded.',
}

const polarityField: Field = {
  type: 'choice',
  key: 'polarity',
  label: 'Polarity',
  default: 'kept',
  options: [
    { value: 'kept', label: 'kept', help: 'One map for each polarity, OFF before ON.' },
    { value: 'merged', label: 'merged', help: 'One map; ON and OFF events count alike.' },
    { value: 'summed', label: 'summed', help: 'One map; an ON event counts 1, an OFF event -1.' },
  ],
  help: 'What becomes of the polarity of the events.',
}

/** How events are gathered into frames; see `encodingTables.frames`. */
const framesFields: readonly Field[] = [
  {
    type: 'choice',
    key: 'slicing',
    label: 'Slicing',
    default: 'timeBins',
    options: [
      {
        value: 'timeBins',
        label: 'time bins (tonic)',
        help: 'T windows of ⌊duration/T⌋ µs; the rest and the last event are lost.',
      },
      {
        value: 'timeWindow',
        label: 'time window (tonic)',
        help: 'Windows of a fixed time from the first event on; an incomplete last one is lost.',
      },
      {
        value: 'eventBins',
        label: 'event bins (tonic)',
        help: 'T slices of ⌊events/T⌋ events; the rest is lost.',
      },
      {
        value: 'eventCount',
        label: 'event count (tonic)',
        help: 'Slices of a fixed number of events; an incomplete last one is lost.',
      },
      { value: 'all', label: 'all in one (tonic)', help: 'One frame of the whole recording.' },
      {
        value: 'number',
        label: 'by number (spikingjelly)',
        help: 'T slices of ⌊events/T⌋ events; the last one takes the rest.',
      },
      {
        value: 'time',
        label: 'by time (spikingjelly)',
        help: 'T windows of ⌊duration/T⌋ µs; the last one takes the rest.',
      },
    ],
    help: 'How a recording is cut into frames. Steps that get none stay empty, frames after step T are dropped.',
  },
  {
    type: 'number',
    key: 'window',
    label: 'Window',
    unit: 'µs',
    min: 1,
    max: 1e9,
    step: 1000,
    slider: [1000, 100000],
    default: 10000,
    help: 'Length of a frame when slicing by time window.',
  },
  {
    type: 'integer',
    key: 'count',
    label: 'Events in a frame',
    min: 1,
    max: 1e9,
    step: 100,
    slider: [100, 10000],
    default: 1000,
    help: 'How many events make a frame when slicing by event count.',
  },
  {
    type: 'number',
    key: 'overlap',
    label: 'Overlap',
    min: 0,
    max: 1e9,
    step: 0.1,
    default: 0,
    help: 'How much of a frame the next one repeats: µs of a time window, events of an event count, a share of bins.',
  },
  {
    type: 'boolean',
    key: 'includeIncomplete',
    label: 'Incomplete last frame',
    default: false,
    help: 'Whether the last time window or event count is kept although it is not full.',
  },
  polarityField,
  {
    type: 'choice',
    key: 'values',
    label: 'Values',
    default: 'counts',
    options: [
      { value: 'counts', label: 'counts', help: 'How many events a pixel saw.' },
      { value: 'binary', label: 'binary', help: '1 where the count is not 0.' },
    ],
    help: 'What stands in a frame.',
  },
]

/** The encodings that a network can be trained on; what they read, and the fields that each takes. */
export const encodingTables = {
  constant: {
    label: 'constant current',
    reads: 'images',
    help: 'The image itself is fed at every step.',
    fields: [gainField, offsetField],
  },
  rate: {
    label: 'rate',
    reads: 'images',
    help: 'At every step a pixel fires with probability gain·x + offset, clipped to 0..1 (snnTorch).',
    fields: [gainField, offsetField, { ...firstSpikeField, optional: true }],
  },
  poisson: {
    label: 'Poisson',
    reads: 'images',
    help: 'At every step a pixel fires with the probability of its brightness (spikingjelly).',
    fields: [],
  },
  ...sampleEncodingTables,
  frames: {
    label: 'event frames',
    reads: 'events',
    help: 'The events of a recording are counted into one frame for each step.',
    fields: framesFields,
  },
  voxelGrid: {
    label: 'voxel grid',
    reads: 'events',
    help: 'Each event is shared between the two nearest of T bins of time, with its sign (Zhu et al. 2019).',
    fields: [],
  },
  timeSurface: {
    label: 'time surface',
    reads: 'events',
    help: 'At every step a pixel holds exp(-age/τ) of its last event (Lagorce et al. 2016).',
    fields: [
      {
        type: 'number',
        key: 'interval',
        label: 'Interval',
        symbol: 'Δt',
        unit: 'µs',
        min: 1,
        max: 1e9,
        step: 1000,
        slider: [1000, 100000],
        default: 10000,
        help: 'Time between two steps.',
      },
      {
        type: 'number',
        key: 'tau',
        label: 'Time constant',
        symbol: 'τ',
        unit: 'µs',
        min: 0,
        minExclusive: true,
        max: 1e9,
        step: 1000,
        slider: [1000, 100000],
        default: 20000,
        help: 'After this time a pixel has fallen to 37 %.',
      },
    ],
  },
} as const satisfies Record<
  string,
  { label: string; reads: 'images' | 'events'; help: string; fields: readonly Field[] }
>

export type EncodingKind = keyof typeof encodingTables

type KindReading<Reads> = {
  [Kind in EncodingKind]: (typeof encodingTables)[Kind]['reads'] extends Reads ? Kind : never
}[EncodingKind]

/** Encodings of images, which engines make of bound images themselves. */
export type EngineEncodingKind = KindReading<'images'>
/** Those of them that see the whole image. */
export type SampleEncodingKind = keyof typeof sampleEncodingTables
/** Those that make a current or a probability of each pixel. */
export type PixelEncodingKind = Exclude<EngineEncodingKind, SampleEncodingKind>
export type EventEncodingKind = KindReading<'events'>
