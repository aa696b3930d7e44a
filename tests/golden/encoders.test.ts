import { describe, expect, it } from 'vitest'
import { encodeDelta } from '../../src-main/encoding/delta.ts'
import { encoders as table, encodeSample } from '../../src-main/encoding/index.ts'
import { encodeLatency, latencyDefaults } from '../../src-main/encoding/latency.ts'
import { compileExperiment } from '../../src-main/engine/compile.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { PixelEncodingKind } from '../../src-shared/encodingTables.ts'
import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import { presets } from '../../src-shared/model/presets.ts'
import { defaultSurrogate } from '../../src-shared/model/surrogates.ts'
import { expectSpikes } from './compare.ts'
import { executorWith, neuronProgram } from './neuronProgram.ts'
import { onEveryBackend, refuseUnknown, unsupported } from './support.ts'
import { brief, goldenCases, type GoldenArray } from './vectors.ts'

interface EncoderCase {
  framework: string
  encoder: string
  num_steps?: number
  params: Record<string, number | boolean>
  input: GoldenArray
  expect?: GoldenArray
  expect_error?: string
}

type PixelEncodingSettings = EngineEncodingSettings & { kind: PixelEncodingKind }

function mapRate({ params }: EncoderCase): PixelEncodingSettings {
  refuseUnknown('rate parameter', params, ['gain', 'offset'])
  return { kind: 'rate', params: { gain: Number(params.gain ?? 1), offset: Number(params.offset ?? 0) } }
}

/** Encoders of whole samples, by framework and name: all that is given is one sample, of numbers that are no bytes. */
const outside: Record<string, (golden: EncoderCase) => Float32Array> = {
  'snntorch latency': ({ input, num_steps = 1, params }) => {
    refuseUnknown('latency parameter', params, Object.keys(latencyDefaults))
    return encodeLatency(Float32Array.from(input.data), num_steps, { ...latencyDefaults, ...params })
  },
  'snntorch delta': ({ input, params: { threshold, padding = false, off_spike = false, ...rest } }) => {
    refuseUnknown('delta parameter', rest, [])
    const parameters = { threshold: Number(threshold), padding: !!padding, offSpike: !!off_spike }
    return encodeDelta(Float32Array.from(input.data), input.data.length / input.shape[0], parameters)
  },
}

/** What our errors say where the framework refuses. */
const refusals: Record<string, string> = {
  'spike times do not fit num_steps: the encoder refuses unless bypass is set': 'encoding.tooLate',
}

/** Encoders of single pixels, by framework and name. */
const encoders: Record<string, (golden: EncoderCase) => PixelEncodingSettings> = {
  'snntorch rate': mapRate,
  'spikingjelly poisson': ({ params }) => {
    refuseUnknown('Poisson parameter', params, [])
    return { kind: 'poisson', params: {} }
  },
}

/** The input as the bytes that a dataset holds. */
function bytesOf(input: GoldenArray): Uint8Array {
  const bytes = Uint8Array.from(input.data, (x) => Math.round(x * 255))
  const exact = input.data.every((x, i) => Math.fround(x) === Math.fround(bytes[i] / 255))
  return exact ? bytes : unsupported('input that is not bytes / 255')
}

/** What torch drew at random cannot be expected from another generator. */
function refuseChance(encoding: PixelEncodingSettings, input: GoldenArray): void {
  const { gain = 1, offset = 0 } = encoding.params
  const parameters = { gain: Number(gain), offset: Number(offset) }
  const level = (x: number) => table[encoding.kind].level(Math.fround(x), parameters)
  const certain = input.data.every((x) => level(x) === 0 || level(x) === 1)
  if (!certain) unsupported("draws of torch's generator (probabilities other than 0 and 1)")
}

function expectRefusal(encoding: EngineEncodingSettings, timeSteps: number | undefined): void {
  const experiment = { ...presets[0].experiment, encoding, timeSteps: timeSteps ?? Number.NaN }
  expect(() => compileExperiment(experiment)).toThrow(SpikedeskError)
}

const cases = goldenCases<EncoderCase>(
  'encoders',
  ({ framework, encoder, num_steps, params }) => `${framework} ${encoder} T=${num_steps} ${brief(params)}`,
)

describe('encoders', () => {
  for (const { name, golden } of cases) {
    const encode = outside[`${golden.framework} ${golden.encoder}`]
    if (encode) {
      it(name, () => {
        const { expect: wanted, expect_error: refusal = '' } = golden
        if (wanted) return expectSpikes(name, encode(golden), wanted)
        expect(refusals).toHaveProperty([refusal])
        expect(() => encode(golden)).toThrow(expect.objectContaining({ code: refusals[refusal] }))
      })
      continue
    }
    onEveryBackend(name, (backend) => {
      const map = encoders[`${golden.framework} ${golden.encoder}`]
      const encoding = map ? map(golden) : unsupported(`encoder ${golden.encoder} of ${golden.framework}`)
      if (!golden.expect) return expectRefusal(encoding, golden.num_steps)
      const images = bytesOf(golden.input)
      refuseChance(encoding, golden.input)
      const [timeSteps, count, ...shape] = golden.expect.shape
      const width = images.length / count
      const program = neuronProgram(
        'leaky',
        { reset: 'none', surrogate: defaultSurrogate('straight_through_estimator') },
        [timeSteps, count, ...shape],
        { encoding, inputGradient: false },
      )
      const executor = executorWith(backend, program, { 'neuron.beta': [0], 'neuron.threshold': [0.5] })
      executor.bind('train', { images, labels: new Uint8Array(count), count })
      const indices = Uint32Array.from({ length: count }, (_, i) => i)
      const [trace] = executor.trace({ kind: 'samples', split: 'train', indices, epoch: 0 })
      expectSpikes(name, trace.spikes, golden.expect)
      for (let sample = 0; sample < count; sample++) {
        const stream = { seed: program.seed, phase: 'train' as const, sample, epoch: 0 }
        const pixels = images.subarray(sample * width, (sample + 1) * width)
        const previewed = encodeSample(encoding, pixels, timeSteps, stream)
        const wanted = { shape: [timeSteps, width], data: [] as number[] }
        for (let t = 0; t < timeSteps; t++) {
          const at = (t * count + sample) * width
          wanted.data.push(...golden.expect.data.slice(at, at + width))
        }
        expectSpikes(`${name}, preview of sample ${sample}`, previewed, wanted)
      }
      executor.dispose()
    })
  }
})
