import { describe, expect, it } from 'vitest'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { checkExperiment, experimentSchema } from '../../src-shared/experimentSchema.ts'
import { upgradeExperiment } from '../../src-shared/experimentUpgrade.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { presets } from '../../src-shared/model/presets.ts'

const base = presets[0].experiment
const lossWith = (params: FieldValues) => ({
  kind: base.loss.kind,
  params: { ...base.loss.params, ...params },
})
const change = (changed: object) => ({ ...structuredClone(base), ...changed })

describe('presets', () => {
  it.each(presets.map((preset) => [preset.id, preset.experiment] as const))(
    '%s is a valid experiment',
    (_id, it) => {
      expect(experimentSchema.safeParse(structuredClone(it)).success).toBe(true)
      expect(checkExperiment(it)).toEqual([])
    },
  )

  it('survive a trip through JSON', () => {
    for (const { experiment } of presets) {
      expect(experimentSchema.parse(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment)
    }
  })
})

describe('the structure of an experiment', () => {
  it.each([
    ['an unknown key', { colour: 'red' }],
    ['another version', { version: 99 }],
    ['an unknown loss', { loss: { kind: 'hinge', params: {} } }],
    ['a loss of version 1', { loss: 'ce_count' }],
    ['an unknown encoding', { encoding: { kind: 'morse', params: {} } }],
    ['an unknown optimizer', { optimizer: { kind: 'lion', params: {} } }],
    ['an unknown engine', { engine: 'tpu' }],
    ['text for T', { timeSteps: '25' }],
    ['no model', { model: null }],
    ['an empty input shape', { model: { ...base.model, input: { shape: [] } } }],
    ['a fractional input shape', { model: { ...base.model, input: { shape: [2.5] } } }],
  ])('refuses %s', (_what, changed) => {
    expect(experimentSchema.safeParse(change(changed)).success).toBe(false)
  })
})

describe('checkExperiment', () => {
  const problems: [string, Partial<ExperimentDocument>, string, string][] = [
    ['negative T', { timeSteps: -1 }, 'timeSteps', 'field.range'],
    ['half a batch', { batchSize: 0.5 }, 'batchSize', 'field.notInteger'],
    ['a negative limit', { dataset: { ...base.dataset, limit: -1 } }, 'dataset.limit', 'field.range'],
    [
      'an encoding without gain',
      { encoding: { kind: 'rate', params: { offset: 0 } } },
      'encoding.gain',
      'field.missing',
    ],
    [
      'a loss without its label smoothing',
      { loss: { kind: 'ce_rate', params: { classWeights: '', readout: 'count' } } },
      'loss.labelSmoothing',
      'field.missing',
    ],
    [
      'a population code that does not fit the outputs',
      { loss: lossWith({ classes: 3 }) },
      'loss.classes',
      'loss.classes',
    ],
    [
      'class weights for other classes',
      { loss: lossWith({ classWeights: '1, 2' }) },
      'loss.classWeights',
      'loss.weights',
    ],
    [
      'a learning rate of zero',
      { optimizer: { kind: 'adam', params: { ...base.optimizer.params, learningRate: 0 } } },
      'optimizer.learningRate',
      'field.range',
    ],
  ]
  it.each(problems)('finds %s', (_what, changed, path, code) => {
    expect(checkExperiment(change(changed))).toMatchObject([{ path, code }])
  })

  it('says where in the model a problem stands', () => {
    const layers = structuredClone(base.model.layers)
    layers[2].params.beta = 2
    layers[3].kind = 'lstm'
    const found = checkExperiment(change({ model: { ...base.model, layers } }))
    expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'model.lif1.beta field.range',
      'model.fc2 model.unknownLayer',
    ])
  })
})

describe('upgradeExperiment', () => {
  it('gives the loss of version 1 its parameters', () => {
    for (const { experiment } of presets) {
      const { loss, ...rest } = structuredClone(experiment)
      const upgraded = upgradeExperiment({ ...rest, version: 1, loss: loss.kind })
      expect(upgraded).toEqual(experiment)
    }
  })

  it('leaves the last version and what is no experiment as they are', () => {
    for (const document of [base, { version: 99 }, { version: 'x' }, { version: 0.5 }, null, 7, []]) {
      expect(upgradeExperiment(document)).toBe(document)
    }
  })

  it('keeps everything of version 3', () => {
    const { recompute, ...rest } = structuredClone(base)
    expect(recompute).toBe('never')
    expect(upgradeExperiment({ ...rest, version: 3 })).toEqual(base)
  })

  it('leaves an unknown loss to the schema', () => {
    const upgraded = upgradeExperiment({ ...base, version: 1, loss: 'hinge' })
    expect(experimentSchema.safeParse(upgraded).success).toBe(false)
  })
})
