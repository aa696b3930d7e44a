import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../src-main/cli/arguments.ts'
import { loadExperiment, withOptions } from '../../../src-main/cli/experiment.ts'
import { train } from '../../../src-main/cli/commands/train.ts'
import { findPreset } from '../../../src-shared/model/presets.ts'
import { temporaryFolder } from './commandLine.ts'

type Json = Record<string, unknown>

/** Writes the first preset, changed, as a file and gives its path. */
function experimentFile(change: (document: Json & { model: { layers: Json[] } }) => void): string {
  const document = JSON.parse(JSON.stringify(findPreset('fc-leaky-100')?.experiment)) as Json & {
    model: { layers: Json[] }
  }
  change(document)
  const file = join(temporaryFolder(), 'experiment.json')
  writeFileSync(file, JSON.stringify(document))
  return file
}

function text(content: string): string {
  const file = join(temporaryFolder(), 'experiment.json')
  writeFileSync(file, content)
  return file
}

describe('loadExperiment', () => {
  it('reads a preset and the same document from a file', () => {
    expect(loadExperiment(experimentFile(() => undefined))).toEqual(loadExperiment('fc-leaky-100'))
  })

  it('gives a copy of a preset, so that the preset never changes', () => {
    loadExperiment('fc-leaky-100').epochs = 99
    expect(loadExperiment('fc-leaky-100').epochs).toBe(10)
  })

  it('says that a word is neither a preset nor a file', () => {
    expect(() => loadExperiment('fc-leaky')).toThrow(
      '"fc-leaky" is neither a preset nor a file; presets are: fc-leaky-100',
    )
    expect(() => loadExperiment('missing.json')).toThrow(
      'missing.json cannot be read as an experiment: it does not exist.',
    )
    expect(() => loadExperiment('/')).toThrow('/ cannot be read as an experiment: it is not a file.')
  })

  it.each([
    [
      'a negative T',
      (d: Json) => (d.timeSteps = -5),
      'timeSteps: Time steps is -5; it must be from 1 to 10000.',
    ],
    ['T as text', (d: Json) => (d.timeSteps = '25'), 'timeSteps: it is "25"; it must be a number.'],
    ['no loss', (d: Json) => delete d.loss, 'loss: it is missing'],
    [
      'a stranger',
      (d: Json) => (d.momentum = 1),
      'the document: "momentum" is not known here; leave it out.',
    ],
    ['a fractional seed', (d: Json) => (d.seed = 0.5), 'seed: Random seed is 0.5; it takes a whole number'],
    [
      'too many threads',
      (d: Json) => (d.threads = 1000),
      'threads: Threads is 1000; it must be from 0 to 256.',
    ],
    [
      'an unknown engine',
      (d: Json) => (d.engine = 'cuda'),
      'engine: it is "cuda"; it must be one of: native, reference.',
    ],
  ])('names file and field of %s', (_name, change, sentence) => {
    const file = experimentFile(change)
    expect(() => loadExperiment(file)).toThrow(`${file}: ${sentence}`)
  })

  it('names an unknown layer and a bad parameter of a layer', () => {
    const unknown = experimentFile(({ model }) => (model.layers[1].kind = 'conv9'))
    expect(() => loadExperiment(unknown)).toThrow(
      `${unknown}: model.fc1: Layer "fc1" is of the unknown kind "conv9"; known kinds are:`,
    )
    const bad = experimentFile(({ model }) => ((model.layers[2].params as Json).beta = 7))
    expect(() => loadExperiment(bad)).toThrow(`${bad}: model.lif1.beta: `)
  })

  it('refuses what is no JSON, of a later version, or far too large', () => {
    const broken = text('{"version": 1,')
    expect(() => loadExperiment(broken)).toThrow(`${broken} is not JSON:`)
    const later = text('{"version": 99}')
    expect(() => loadExperiment(later)).toThrow(`${later} has version 99 of the experiment document`)
    const file = text('')
    const handle = openSync(file, 'r+')
    ftruncateSync(handle, 5_000_000)
    closeSync(handle)
    expect(() => loadExperiment(file)).toThrow(
      `${file} has 5000000 bytes; an experiment has at most 4194304.`,
    )
  })
})

describe('withOptions', () => {
  it('puts the values of the command line in place of the preset’s', () => {
    const words = ['--epochs=2', '--batch=64', '--lr=0.01', '--seed=7', '--steps=9', '--engine=reference']
    const args = parseArguments(train, ['fc-leaky-100', ...words, '--threads=1', '--limit=500', '--subset=2'])
    const before = loadExperiment('fc-leaky-100')
    expect(withOptions(before, args)).toEqual({
      ...before,
      ...{ epochs: 2, batchSize: 64, seed: 7, timeSteps: 9, engine: 'reference', threads: 1 },
      dataset: { id: 'digits', subset: 2, limit: 500 },
      optimizer: { kind: 'adam', params: { ...before.optimizer.params, learningRate: 0.01 } },
    })
  })

  it('leaves everything else as it is', () => {
    const before = loadExperiment('linear-lif-poisson')
    expect(withOptions(before, parseArguments(train, ['linear-lif-poisson']))).toEqual(before)
  })
})
