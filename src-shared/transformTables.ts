import type { BooleanField, ChoiceField, Field, FieldValues, NumberField, NumbersField } from './fields.ts'

/** What a transform is, and what it does to the shape `[P,H,W]` or `[C,H,W]` of a sample. */
export interface TransformTable {
  label: string
  help: string
  reads: 'events' | 'images' | 'both'
  /** Whether it draws random numbers; it then has the field `appliesTo`. */
  random: boolean
  fields: readonly Field[]
  shape?(shape: readonly number[], params: FieldValues): number[]
}

type Words = Pick<Field, 'key' | 'label' | 'help'> & { symbol?: string; unit?: string }

function number(words: Words, min: number, max: number, step: number, value: number): NumberField {
  return { type: 'number', ...words, min, max, step, default: value }
}

function integer(words: Words, min: number, max: number, value: number): NumberField {
  return { type: 'integer', ...words, min, max, step: 1, default: value }
}

/** The field with a slider over the part of its range that is used most. */
function slid(field: NumberField, from: number, to: number): NumberField {
  return { ...field, slider: [from, to] }
}

function microseconds(
  key: string,
  label: string,
  help: string,
  value: number,
  slider: readonly [from: number, to: number],
): NumberField {
  return slid(number({ key, label, help, unit: 'µs' }, 0, 1e9, 1000, value), ...slider)
}

/** Up to a tenth of a second, evenly in the exponent. */
const moments = [100, 100_000] as const
/** The first second. */
const second = [0, 1_000_000] as const

function flag(key: string, label: string, help: string, value: boolean): BooleanField {
  return { type: 'boolean', key, label, help, default: value }
}

function numbers(words: Words, min: number, max: number, most: number, value: string): NumbersField {
  return { type: 'numbers', ...words, min, max, most, default: value }
}

const probability = (value: number, help: string): NumberField =>
  slid(number({ key: 'probability', label: 'Probability', symbol: 'p', help }, 0, 1, 0.05, value), 0, 1)

const ratio = (help: string): NumberField =>
  slid(number({ key: 'ratio', label: 'Share', help }, 0, 0.999, 0.05, 0.2), 0, 0.95)

const appliesTo: ChoiceField = {
  type: 'choice',
  key: 'appliesTo',
  label: 'Applies to',
  default: 'training',
  options: [
    { value: 'training', label: 'training', help: 'Only what the network learns from, anew in every epoch.' },
    { value: 'both', label: 'training and test', help: 'Test samples too, the same in every epoch.' },
  ],
  help: 'Which samples are changed at random.',
}

const size = (key: 'width' | 'height', label: string): NumberField =>
  slid(integer({ key, label, unit: 'pixels', help: 'Size of the sample afterwards.' }, 1, 4096, 28), 1, 128)

const cropped = ([maps]: readonly number[], { width, height }: FieldValues): number[] => [
  maps,
  Number(height),
  Number(width),
]

/** What may be done to images or events before they are encoded. */
export const transformTables = {
  denoise: {
    label: 'denoise',
    help: 'Drops an event where none of its four neighbours fired within the filter time before it (tonic).',
    reads: 'events',
    random: false,
    fields: [
      microseconds('filterTime', 'Filter time', 'How long a neighbour vouches for an event.', 10000, moments),
    ],
  },
  refractoryPeriod: {
    label: 'refractory period',
    help: 'Drops an event where its pixel fired less than the period before, dropped or not (tonic).',
    reads: 'events',
    random: false,
    fields: [microseconds('period', 'Period', 'How long a pixel is silent after an event.', 1000, moments)],
  },
  cropTime: {
    label: 'crop time',
    help: 'Drops the events before the start and after the end (tonic).',
    reads: 'events',
    random: false,
    fields: [
      microseconds('start', 'Start', 'The first time that is kept.', 0, second),
      microseconds('end', 'End', 'The last time that is kept; 0 keeps all.', 0, second),
    ],
  },
  dropPixel: {
    label: 'drop pixels',
    help: 'Drops every event of some pixels: of those named, and of hot ones (tonic).',
    reads: 'events',
    random: false,
    fields: [
      numbers(
        { key: 'pixels', label: 'Pixels', help: 'Column and row of each pixel: x, y, x, y.' },
        0,
        65535,
        1000,
        '',
      ),
      slid(
        number(
          {
            key: 'hotFrequency',
            label: 'Hot from',
            unit: 'Hz',
            help: 'Pixels with more events than this are dropped; 0 drops none.',
          },
          0,
          1e6,
          10,
          0,
        ),
        0,
        1000,
      ),
    ],
  },
  mergePolarities: {
    label: 'merge polarities',
    help: 'Makes every event one of a single polarity (tonic).',
    reads: 'events',
    random: false,
    fields: [],
    shape: ([, height, width]) => [1, height, width],
  },
  downsample: {
    label: 'downsample',
    help: 'Multiplies times and coordinates by a factor and cuts off the fraction; no event is dropped (tonic).',
    reads: 'events',
    random: false,
    fields: [
      {
        ...number(
          { key: 'spatialFactor', label: 'Spatial factor', help: '0.5 halves width and height.' },
          0,
          1,
          0.25,
          0.5,
        ),
        minExclusive: true,
        slider: [0.25, 1],
      },
      {
        ...number({ key: 'timeFactor', label: 'Time factor', help: '0.001 makes µs to ms.' }, 0, 1, 0.1, 1),
        minExclusive: true,
        slider: [0.1, 1],
      },
    ],
    shape: ([polarities, height, width], { spatialFactor }) => [
      polarities,
      Math.floor((height - 1) * Number(spatialFactor)) + 1,
      Math.floor((width - 1) * Number(spatialFactor)) + 1,
    ],
  },
  timeSkew: {
    label: 'time skew',
    help: 'Multiplies every time by a coefficient and adds an offset (tonic).',
    reads: 'events',
    random: false,
    fields: [
      slid(
        number({ key: 'coefficient', label: 'Coefficient', help: '2 doubles every delay.' }, 0, 1000, 0.1, 1),
        0,
        3,
      ),
      slid(
        number({ key: 'offset', label: 'Offset', unit: 'µs', help: 'Added afterwards.' }, -1e9, 1e9, 1000, 0),
        -100_000,
        100_000,
      ),
    ],
  },
  centerCrop: {
    label: 'centre crop',
    help: 'Keeps the middle of a sample; a larger size pads it with nothing (tonic, torchvision).',
    reads: 'both',
    random: false,
    fields: [size('width', 'Width'), size('height', 'Height')],
    shape: cropped,
  },
  randomCrop: {
    label: 'random crop',
    help: 'Keeps a part of a sample at a random place (tonic, torchvision); in the middle where nothing is random.',
    reads: 'both',
    random: true,
    fields: [
      size('width', 'Width'),
      size('height', 'Height'),
      slid(
        integer(
          { key: 'padding', label: 'Padding', unit: 'pixels', help: 'Zeros put around an image before.' },
          0,
          1024,
          0,
        ),
        0,
        16,
      ),
      appliesTo,
    ],
    shape: cropped,
  },
  flipLR: {
    label: 'flip left-right',
    help: 'Mirrors a sample at its vertical axis (tonic, torchvision).',
    reads: 'both',
    random: true,
    fields: [probability(0.5, 'How often a sample is flipped.'), appliesTo],
  },
  flipUD: {
    label: 'flip up-down',
    help: 'Mirrors a sample at its horizontal axis (tonic, torchvision).',
    reads: 'both',
    random: true,
    fields: [probability(0.5, 'How often a sample is flipped.'), appliesTo],
  },
  flipPolarity: {
    label: 'flip polarity',
    help: 'Makes ON events of a recording OFF and the other way round (tonic).',
    reads: 'events',
    random: true,
    fields: [probability(0.5, 'How often a sample is flipped.'), appliesTo],
  },
  timeReversal: {
    label: 'time reversal',
    help: 'Plays a recording backwards (tonic).',
    reads: 'events',
    random: true,
    fields: [
      probability(0.5, 'How often a sample is reversed.'),
      flag('flipPolarities', 'Flip polarities', 'Whether ON becomes OFF as well.', true),
      appliesTo,
    ],
  },
  dropEvent: {
    label: 'drop events',
    help: 'Drops a fixed share of the events of a recording, chosen at random (tonic).',
    reads: 'events',
    random: true,
    fields: [probability(0.2, 'Share of the events that is dropped.'), appliesTo],
  },
  dropEventByTime: {
    label: 'drop events by time',
    help: 'Drops the events of an interval at a random place (tonic).',
    reads: 'events',
    random: true,
    fields: [ratio('Length of the interval as a share of the recording.'), appliesTo],
  },
  dropEventByArea: {
    label: 'drop events by area',
    help: 'Drops the events of a box at a random place (tonic).',
    reads: 'events',
    random: true,
    fields: [ratio('Width and height of the box as a share of the sensor.'), appliesTo],
  },
  timeJitter: {
    label: 'time jitter',
    help: 'Adds Gaussian noise to the time of every event (tonic).',
    reads: 'events',
    random: true,
    fields: [
      slid(
        number(
          {
            key: 'deviation',
            label: 'Standard deviation',
            symbol: 'σ',
            unit: 'µs',
            help: 'How far times move.',
          },
          0,
          1e9,
          100,
          100,
        ),
        ...moments,
      ),
      flag('clipNegative', 'Drop negative times', 'Whether events that get before 0 are dropped.', true),
      flag(
        'sort',
        'Sort by time',
        'Whether events are put in order again; tonic leaves them by default.',
        true,
      ),
      appliesTo,
    ],
  },
  spatialJitter: {
    label: 'spatial jitter',
    help: 'Adds Gaussian noise to the place of every event (tonic).',
    reads: 'events',
    random: true,
    fields: [
      slid(
        number({ key: 'varianceX', label: 'Variance in x', help: 'In pixels squared.' }, 0, 1e6, 0.5, 1),
        0,
        20,
      ),
      slid(
        number({ key: 'varianceY', label: 'Variance in y', help: 'In pixels squared.' }, 0, 1e6, 0.5, 1),
        0,
        20,
      ),
      slid(
        number(
          { key: 'covariance', label: 'Covariance', help: 'Moves x and y together.' },
          -1e6,
          1e6,
          0.5,
          0,
        ),
        -10,
        10,
      ),
      flag(
        'clipOutliers',
        'Drop outliers',
        'Whether events that leave the sensor are dropped here; frames never show them.',
        false,
      ),
      appliesTo,
    ],
  },
  uniformNoise: {
    label: 'uniform noise',
    help: 'Adds events at random places and times between the first and the last event (tonic).',
    reads: 'events',
    random: true,
    fields: [
      slid(
        integer({ key: 'count', label: 'Noise events', help: 'How many are added.' }, 0, 1e7, 100),
        0,
        5000,
      ),
      appliesTo,
    ],
  },
  resize: {
    label: 'resize',
    help: 'Scales an image bilinearly, with a filter as wide as the step when it gets smaller (Pillow, torchvision).',
    reads: 'images',
    random: false,
    fields: [size('width', 'Width'), size('height', 'Height')],
    shape: cropped,
  },
  grayscale: {
    label: 'grayscale',
    help: 'Makes one channel of three: 0.299 red + 0.587 green + 0.114 blue (Pillow, torchvision).',
    reads: 'images',
    random: false,
    fields: [],
    shape: ([, height, width]) => [1, height, width],
  },
  normalise: {
    label: 'normalise',
    help: 'Takes the mean off the brightness and divides by the standard deviation, channel by channel (torchvision).',
    reads: 'images',
    random: false,
    fields: [
      numbers(
        { key: 'mean', label: 'Mean', help: 'Of each channel, or one for all; brightness is 0 to 1.' },
        -1e6,
        1e6,
        64,
        '0',
      ),
      numbers(
        { key: 'deviation', label: 'Standard deviation', help: 'Of each channel, or one for all.' },
        1e-6,
        1e6,
        64,
        '1',
      ),
    ],
  },
  randomShift: {
    label: 'random shift',
    help: 'Moves an image by whole pixels; what comes in is black.',
    reads: 'images',
    random: true,
    fields: [
      slid(
        integer(
          { key: 'x', label: 'Across', unit: 'pixels', help: 'At most so far left or right.' },
          0,
          4096,
          2,
        ),
        0,
        14,
      ),
      slid(
        integer({ key: 'y', label: 'Down', unit: 'pixels', help: 'At most so far up or down.' }, 0, 4096, 2),
        0,
        14,
      ),
      appliesTo,
    ],
  },
  randomRotate: {
    label: 'random rotation',
    help: 'Turns an image around its middle, nearest pixel; what comes in is black (torchvision).',
    reads: 'images',
    random: true,
    fields: [
      slid(
        number(
          { key: 'degrees', label: 'Angle', unit: '°', help: 'At most so far to either side.' },
          0,
          180,
          1,
          10,
        ),
        0,
        180,
      ),
      appliesTo,
    ],
  },
} as const satisfies Record<string, TransformTable>

export type TransformKind = keyof typeof transformTables
