import { describe, expect, it } from 'vitest'
import { findPreset } from '../../../src-shared/model/presets.ts'
import { inferModel } from '../../../src-shared/model/shapes.ts'
import {
  addLayer,
  duplicateLayer,
  moveLayer,
  parseShape,
  removeLayer,
  renameLayer,
  setInputs,
} from '../../../src-renderer/stores/layers.ts'

const model = findPreset('fc-leaky-100')!.experiment.model
const ids = (changed: typeof model): string[] => changed.layers.map(({ id }) => id)

describe('the list of layers', () => {
  it('adds a layer with the defaults of its table under a free name', () => {
    const changed = addLayer(model, 'leaky', 3)
    expect(ids(changed)).toEqual(['flatten', 'fc1', 'lif1', 'lif3', 'fc2', 'lif2'])
    expect(changed.layers[3].params.beta).toBe(0.95)
    expect(inferModel(changed).valid).toBe(true)
  })

  it('duplicates a layer right behind itself, with parameters of its own', () => {
    const changed = duplicateLayer(model, 2)
    expect(ids(changed)).toEqual(['flatten', 'fc1', 'lif1', 'lif3', 'fc2', 'lif2'])
    expect(changed.layers[3].params).toEqual(model.layers[2].params)
    expect(changed.layers[3].params.surrogate).not.toBe(model.layers[2].params.surrogate)
  })

  it('moves a layer up, down and nowhere beyond the ends', () => {
    expect(ids(moveLayer(model, 2, 1))).toEqual(['flatten', 'lif1', 'fc1', 'fc2', 'lif2'])
    expect(ids(moveLayer(model, 0, 4))).toEqual(['fc1', 'lif1', 'fc2', 'lif2', 'flatten'])
    expect(moveLayer(model, 0, -1)).toBe(model)
    expect(moveLayer(model, 4, 5)).toBe(model)
    expect(moveLayer(model, 9, 0)).toBe(model)
  })

  it('removes a layer and never changes the document that it was given', () => {
    const before = structuredClone(model)
    expect(ids(removeLayer(model, 1))).toEqual(['flatten', 'lif1', 'fc2', 'lif2'])
    expect(model).toEqual(before)
  })

  it('says what a layer reads, and nothing where that is the layer before', () => {
    const branched = setInputs(model, 3, ['flatten'])
    expect(branched.layers[3].inputs).toEqual(['flatten'])
    expect(setInputs(branched, 3, ['lif1'])).toEqual(model)
    expect(setInputs(setInputs(model, 0, ['fc1']), 0, ['input'])).toEqual(model)
  })

  it('leads what read a removed layer on to what that read', () => {
    const sum = { id: 'sum', kind: 'add', params: {}, inputs: ['lif1', 'fc2'] }
    const joined = { ...model, layers: [...model.layers.slice(0, 4), sum, model.layers[4]] }
    expect(removeLayer(joined, 2).layers[3].inputs).toEqual(['fc1', 'fc2'])
    const branched = setInputs(model, 2, ['flatten'])
    expect(removeLayer(branched, 2).layers[2]).toMatchObject({ id: 'fc2', inputs: ['flatten'] })
    expect(removeLayer(branched, 1)).toEqual({ ...model, layers: model.layers.filter((_, i) => i !== 1) })
  })

  it('renames a layer wherever it is mentioned', () => {
    const wired = {
      ...model,
      layers: model.layers.map((node, i) => (i === 3 ? { ...node, inputs: ['lif1'] } : node)),
    }
    const changed = renameLayer(wired, 2, 'hidden')
    expect(ids(changed)[2]).toBe('hidden')
    expect(changed.layers[3].inputs).toEqual(['hidden'])
  })

  it.each([
    ['1×28×28', [1, 28, 28]],
    ['1x28x28', [1, 28, 28]],
    [' 1, 28 , 28 ', [1, 28, 28]],
    ['2 34 34', [2, 34, 34]],
    ['784', [784]],
    ['', null],
    ['1x', null],
    ['0x28', null],
    ['28.5', null],
    ['-3', null],
    ['1x2x3x4x5', null],
    ['99999', null],
  ])('reads the shape %j', (text, shape) => {
    expect(parseShape(text)).toEqual(shape)
  })
})
