import { readdirSync, readFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { withReasons } from '../../src-main/engine/backends/native/refusal.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { Program } from '../../src-main/engine/program.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { refusalPhrases } from '../../src-shared/errors/refusals.ts'
import { sentenceIn } from '../../src-shared/errors/words.ts'
import { languageTexts } from '../../src-shared/languages/index.ts'
import { layer, network, numbers, valueBatch } from '../main/engine/fixtures.ts'

const program = compileNetwork(
  network(
    [
      layer('conv', 'conv2d', { outputs: 3 }),
      layer('n1', 'leaky'),
      layer('drop', 'dropout'),
      layer('flat', 'flatten'),
      layer('fc', 'linear', { outputs: 4 }),
      layer('n2', 'lif'),
    ],
    [2, 5, 5],
    { regularisers: [{ kind: 'target_rate', params: { strength: 1, target: 0 }, layers: ['n1'] }] },
  ),
)
const mapsAtEnd = network(
  [layer('conv', 'conv2d', { outputs: 2 }), layer('loop', 'rleaky', { recurrentKernel: 3 })],
  [1, 4, 4],
)
/** The program with some fields of one op, or of one value, replaced. */
function changed(layerId: string, fields: object): Program {
  const forward = program.forward.map((op) =>
    'layer' in op && op.layer === layerId ? { ...op, ...fields } : op,
  )
  return { ...program, forward } as Program
}
function reshaped(id: string, shape: number[]): Program {
  return {
    ...program,
    values: program.values.map((value) => (value.id === id ? { ...value, shape } : value)),
  }
}
function withNeuron(fields: object, id = 'n2'): Program {
  const op = program.forward.find((each) => each.op === 'neuron' && each.layer === id)
  return changed(id, { neuron: { ...(op?.op === 'neuron' ? op.neuron : {}), ...fields } })
}
const convolution = program.forward.find((op) => op.op === 'convolution')
const wideWindow = { ...convolution?.window, width: 2 ** 21 }
const encoded = (fields: object) =>
  ({ ...program, forward: [{ ...program.forward[0], ...fields }, ...program.forward.slice(1)] }) as Program

interface Refused {
  given: Program
  layer: string
  reason: string
  name?: string
}

const refused: Refused[] = [
  { given: compileNetwork(mapsAtEnd), layer: 'loop', reason: 'lastMaps' },
  { given: withNeuron({ inhibition: true }, 'n1'), layer: 'n1', reason: 'inhibition' },
  { given: { ...program, forward: program.forward.slice(0, 1) }, layer: 'input', reason: 'noLayers' },
  { given: { ...program, forward: program.forward.slice(0, -1) }, layer: 'fc', reason: 'lastNeurons' },
  {
    given: { ...program, forward: program.forward.toSpliced(1, 1) },
    layer: 'n1',
    reason: 'input',
    name: 'conv.output',
  },
  { given: { ...program, values: [] }, layer: 'conv', reason: 'input', name: 'conv.weight' },
  { given: { ...program, parameters: [] }, layer: 'conv', reason: 'parameter', name: 'conv.weight' },
  { given: reshaped('fc.weight', [4, 9]), layer: 'fc', reason: 'shape', name: 'fc.weight' },
  { given: reshaped('fc.weight', [4, 0]), layer: 'fc', reason: 'empty', name: 'fc.weight' },
  { given: reshaped('fc.weight', [65536, 65536]), layer: 'fc', reason: 'size', name: 'fc.weight' },
  { given: reshaped('n2.spikes', [2 ** 40]), layer: 'n2', reason: 'size', name: 'n2.spikes' },
  { given: changed('conv', { window: wideWindow }), layer: 'conv', reason: 'size', name: 'input' },
  { given: changed('drop', { probability: 1 }), layer: 'drop', reason: 'probability' },
  { given: changed('fc', { op: 'spin' }), layer: 'fc', reason: 'op', name: 'spin' },
  { given: encoded({ encoding: 'morse' }), layer: 'input', reason: 'encoding', name: 'morse' },
  { given: encoded({ encoding: 'rate' }), layer: 'input', reason: 'encodedStatic' },
  { given: withNeuron({ model: 'hodgkin' }), layer: 'n2', reason: 'neuron', name: 'hodgkin' },
  { given: withNeuron({ reset: 'halve' }), layer: 'n2', reason: 'reset', name: 'halve' },
  { given: withNeuron({ tau: 0 }), layer: 'n2', reason: 'number', name: 'tau' },
  { given: withNeuron({ surrogate: { name: 'step' } }), layer: 'n2', reason: 'surrogate', name: 'step' },
  {
    given: { ...program, loss: { ...program.loss, loss: 'hinge' } } as unknown as Program,
    layer: 'n2',
    reason: 'loss',
    name: 'hinge',
  },
  { given: { ...program, loss: { ...program.loss, spikes: 'n1.spikes' } }, layer: 'n2', reason: 'lossInput' },
  {
    given: { ...program, backward: program.backward.filter((op) => op.op !== 'linearInputGradient') },
    layer: 'fc',
    reason: 'gradient',
  },
  {
    given: { ...program, penalties: [{ ...program.penalties[0], layer: 'fc' }] },
    layer: 'fc',
    reason: 'unknownLayer',
  },
]

function refusal(given: Program): SpikedeskError {
  try {
    nativeBackend.create(given, 1)
  } catch (error) {
    if (error instanceof SpikedeskError) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('a program that the native engine cannot run', () => {
  const test = nativeBackend.unavailable() === null ? it : it.skip

  test.each(refused)(
    'is refused by layer "$layer" and reason $reason, in every language',
    ({ given, ...wanted }) => {
      const error = refusal(given)
      const phrase = `refusal.${wanted.reason}`
      expect(error.code).toBe(wanted.reason === 'lastMaps' ? 'engine.layerReference' : 'engine.layer')
      expect(error.data).toMatchObject({
        layer: wanted.layer,
        reason: { phrase, name: wanted.name ?? expect.any(String) },
      })
      for (const { errorSentences: sentences, phrases } of Object.values(languageTexts)) {
        const words = { sentences, phrases, number: String, label: (label: string) => label }
        const sentence = sentenceIn(words, error.code, error.data)
        expect(sentence).toContain(wanted.layer)
        expect(sentence).toContain(wanted.name ?? '')
        expect(sentence).not.toMatch(/[{}]|refusal\./)
      }
    },
  )
})

describe('a network that the native engine alone cannot run', () => {
  const test = nativeBackend.unavailable() === null ? it : it.skip

  test('is said to run on the reference engine, and trains there', () => {
    const given = compileNetwork(mapsAtEnd)
    expect(refusal(given).code).toBe('engine.layerReference')
    const result = referenceBackend.create(given, 1).train(valueBatch(numbers(2 * 16, 1, 0, 1), [0, 1]))
    expect(Number.isFinite(result.loss)).toBe(true)
  })
})

describe('what the system does not give', () => {
  const test = nativeBackend.unavailable() === null ? it : it.skip
  const large = { ...program, timeSteps: 2 ** 20, batchSize: 2 ** 20 }

  test('is named where it is memory', () => {
    expect(() => nativeBackend.create(large, 1)).toThrow(
      expect.objectContaining({
        code: 'engine.noMemory',
        data: { machine: Math.floor(totalmem() / 2 ** 20) },
      }),
    )
  })

  it('is named where it is threads', () => {
    const call = () => {
      throw Object.assign(new Error('The system does not allow 64 threads; ask for fewer.'), {
        lacks: 'threads',
      })
    }
    expect(() => withReasons(64, call)).toThrow(
      expect.objectContaining({ code: 'engine.noThreads', data: { threads: 64 } }),
    )
  })
})

describe('the reasons in C++', () => {
  const native = join(import.meta.dirname, '../../src-native')
  const sources = ['addon', 'engine'].flatMap((room) =>
    readdirSync(join(native, room)).map((name) => readFileSync(join(native, room, name), 'utf8')),
  )
  const given = sources.flatMap((text) => [
    ...Array.from(text.matchAll(/\brefuse\((?:[^;]*?, )?"([a-z]\w*)"[,)]/g), ([, reason]) => reason),
    ...Array.from(text.matchAll(/return \{"(\w+)", /g), ([, reason]) => reason),
  ])

  it('are those that there are phrases for', () => {
    const known = Object.keys(refusalPhrases).map((code) => code.slice('refusal.'.length))
    expect([...new Set(given)].filter((reason) => !known.includes(reason))).toEqual([])
    expect(known.filter((reason) => !given.includes(reason))).toEqual([])
  })
})
