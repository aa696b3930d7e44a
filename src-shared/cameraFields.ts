import { SpikedeskError } from './errors/index.ts'
import { checkFields, defaultValues, type Field, type FieldValues } from './fields.ts'

/** What the simulated event camera is set to. */
export interface CameraSettings {
  /** Change of the logarithm of the light that makes an event. */
  threshold: number
  /** Standard deviation of the pixels' thresholds, as a share of the threshold. */
  spread: number
  /** Light that falls on black pixels, as a share of that of white ones. */
  ambient: number
  /** Pixels that the picture moves in a saccade. */
  travel: number
  /** µs. */
  refractory: number
  /** Events of each pixel a second. */
  noiseRate: number
  seed: number
}

/** The parameter table of the simulated event camera. */
export const cameraFields = [
  {
    key: 'threshold',
    label: 'Contrast threshold',
    symbol: 'C',
    type: 'number',
    help: 'Change of the logarithm of the light at a pixel that makes an event.',
    min: 0.05,
    max: 2,
    step: 0.05,
    default: 0.5,
  },
  {
    key: 'spread',
    label: 'Threshold spread',
    symbol: 'σ',
    type: 'number',
    help: 'How much the thresholds of the pixels differ, as a share of the threshold.',
    min: 0,
    max: 0.5,
    step: 0.01,
    default: 0.05,
  },
  {
    key: 'ambient',
    label: 'Ambient light',
    type: 'number',
    help: 'Light that falls on black pixels, as a share of that of white ones.',
    min: 0.01,
    max: 1,
    step: 0.01,
    default: 0.1,
  },
  {
    key: 'travel',
    label: 'Travel',
    type: 'number',
    unit: 'px',
    help: 'How far the picture moves in each of the three saccades of 105 ms; 7 is that of N-MNIST.',
    min: 0.5,
    max: 32,
    step: 0.5,
    default: 7,
  },
  {
    key: 'refractory',
    label: 'Refractory time',
    type: 'integer',
    unit: 'µs',
    help: 'A pixel makes no event so soon after its last.',
    min: 0,
    max: 100000,
    step: 100,
    default: 1000,
  },
  {
    key: 'noiseRate',
    label: 'Noise rate',
    type: 'number',
    unit: 'Hz',
    help: 'Events of each pixel a second that nothing causes.',
    min: 0,
    max: 100,
    step: 0.05,
    default: 0.1,
  },
  {
    key: 'seed',
    label: 'Seed',
    type: 'integer',
    help: 'The same seed makes the same events, bit for bit.',
    min: 0,
    max: 4294967295,
    step: 1,
    default: 1,
  },
] as const satisfies readonly Field[]

/** Settings with the defaults where `values` says nothing. Throws a `field.` error for a value that does not fit. */
export function cameraSettings(values: FieldValues = {}): CameraSettings {
  const whole = { ...defaultValues(cameraFields), ...values }
  const [problem] = checkFields(cameraFields, whole)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
  return whole as unknown as CameraSettings
}
