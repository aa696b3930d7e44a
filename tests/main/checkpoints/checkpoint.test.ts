import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  encodeCheckpoint,
  readCheckpoint,
  writeCheckpoint,
  type Checkpoint,
} from '../../../src-main/checkpoints/checkpoint.ts'
import {
  checkpointVersion,
  parsePart,
  upgradeMetadata,
} from '../../../src-main/checkpoints/checkpointDocument.ts'
import { writeSafetensors } from '../../../src-main/checkpoints/safetensors.ts'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { scratchFolder, tinyExperiment } from '../runs/tinyRun.ts'

const folder = scratchFolder()
const path = join(folder, 'epoch-0002.safetensors')
const experiment = tinyExperiment('rows', { threads: 2 })

function example(): Checkpoint {
  const executor = createExecutor('reference', compileExperiment(experiment), 1)
  const scores = { trainLoss: 1 / 3, trainAccuracy: 0.5, testLoss: 0.1 + 0.2, testAccuracy: 0.75 }
  return {
    experiment,
    epoch: 2,
    batch: 3,
    sums: {
      ...{ loss: 0.1 + 0.7, penalty: 0.1 * 3, correct: 12, samples: 48, layerSpikes: [100, 7] },
      events: { recorded: 4000, transformed: 3900, time: 30, place: 2 },
    },
    step: 23,
    state: { ...executor.readState(), step: 23 },
    history: [
      { epoch: 1, ...scores, firingRates: [0.1, 0.2] },
      { epoch: 2, ...scores, firingRates: [1 / 7, 0] },
    ],
    best: { epoch: 1, testAccuracy: 0.75 },
    dataset: { id: 'rows', name: 'Rows', checksum: 'abc', shape: [1, 6, 6], classes: ['a', 'b', 'c', 'd'] },
    plateau: { best: 0.1 + 0.2, bad: 1, cooldown: 0, learningRate: 1e-3 },
    stretch: 20,
    versions: { spikedesk: '0.1.0' },
  }
}

function codeOf(bytes: Uint8Array): string {
  writeFileSync(path, bytes)
  try {
    readCheckpoint(path)
    return 'none'
  } catch (thrown) {
    if (thrown instanceof SpikedeskError) return thrown.code
    throw thrown
  }
}

describe('a checkpoint', () => {
  it('comes back bit for bit, without the number of threads', () => {
    const checkpoint = example()
    writeCheckpoint(path, checkpoint)
    expect(readCheckpoint(path)).toEqual({ ...checkpoint, experiment: { ...experiment, threads: 0 } })
  })

  it('names its tensors by layer, parameter and state', () => {
    const names = encodeCheckpoint(example()).tensors.map(({ name }) => name)
    expect(names).toContain('fc1.weight')
    expect(names).toContain('lif2.beta')
    expect(names).toContain('optimizer.fc1.weight.firstMoment')
  })

  it('tells a layer called optimizer from the state of the optimizer', () => {
    const model = structuredClone(experiment.model)
    model.layers[1].id = 'optimizer'
    const checkpoint = { ...example(), experiment: { ...experiment, model } }
    const rename = (name: string) => name.replace(/^fc1\./, 'optimizer.')
    const renamed = (tensors: Checkpoint['state']['parameters']) =>
      tensors.map((tensor) => ({ ...tensor, name: rename(tensor.name) }))
    checkpoint.state.parameters = renamed(checkpoint.state.parameters)
    checkpoint.state.optimizer = renamed(checkpoint.state.optimizer)
    writeCheckpoint(path, checkpoint)
    expect(readCheckpoint(path).state).toEqual(checkpoint.state)
  })

  it('does not depend on the order of the keys of its experiment', () => {
    const turned = Object.fromEntries(Object.entries(experiment).reverse()) as unknown as typeof experiment
    writeCheckpoint(path, example())
    const bytes = readFileSync(path)
    writeCheckpoint(path, { ...example(), experiment: turned })
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })

  it('leaves no part of a file behind, and the old one where the new cannot be written', () => {
    writeCheckpoint(path, example())
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    const below = join(path, 'epoch-0003.safetensors')
    expect(() => writeCheckpoint(below, example())).toThrow(/cannot be written: a part of its path is a file/)
    expect(existsSync(path)).toBe(true)
    expect(readCheckpoint(path).step).toBe(23)
  })

  it('is found damaged by any single changed bit', () => {
    writeCheckpoint(path, example())
    const whole = readFileSync(path)
    const padding = (at: number) => at >= 8 && whole[at] === 0x20
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(7), (at, bit) => {
        fc.pre(!padding(at))
        const bytes = new Uint8Array(whole)
        bytes[at] ^= 1 << bit
        expect(codeOf(bytes)).toMatch(/^(safetensors\.invalid|checkpoint\.foreign|checkpoint\.version)$/)
      }),
      { numRuns: 400 },
    )
  })

  it('is told from other safetensors files', () => {
    writeSafetensors(path, { metadata: { format: 'pt' }, tensors: [] })
    expect(() => readCheckpoint(path)).toThrow(/is a safetensors file, but not a checkpoint of Spikedesk/)
  })

  it('of a later version asks for an update', () => {
    const file = encodeCheckpoint(example())
    writeSafetensors(path, {
      ...file,
      metadata: { ...file.metadata, version: String(checkpointVersion + 1) },
    })
    expect(() => readCheckpoint(path)).toThrow(/has version 6 .* reads versions up to 5/)
  })

  it('with tensors of no layer is refused', () => {
    const file = encodeCheckpoint(example())
    const stray = { name: 'fc9.weight', dtype: 'F32', shape: [], bytes: new Uint8Array(4) }
    const { crc32: _crc32, ...metadata } = file.metadata
    writeSafetensors(path, { metadata, tensors: [...file.tensors, stray] })
    expect(() => readCheckpoint(path)).toThrow(/checksum does not match/)
  })
})

describe('the upgrade of metadata', () => {
  const metadata = (version: string) => ({ format: 'spikedesk-checkpoint', version })

  it('goes up one step at a time, from wherever it begins', () => {
    const add = (key: string) => (before: Record<string, string>) => ({ ...before, [key]: before.version })
    const steps = [add('first'), add('second')]
    expect(upgradeMetadata(metadata('1'), path, steps)).toEqual({ ...metadata('3'), first: '1', second: '2' })
    expect(upgradeMetadata(metadata('2'), path, steps)).toEqual({ ...metadata('3'), second: '2' })
    expect(upgradeMetadata(metadata('3'), path, steps)).toEqual(metadata('3'))
  })

  it('opens what was written before events were counted and recomputing was a setting', () => {
    const { metadata: newest } = encodeCheckpoint(example())
    const { recompute: _recompute, ...older } = JSON.parse(newest.experiment)
    const progress = JSON.parse(newest.progress)
    delete progress.sums.events
    delete progress.stretch
    const written = {
      ...newest,
      version: '3',
      experiment: JSON.stringify({ ...older, version: 3 }),
      progress: JSON.stringify(progress),
    }
    const upgraded = upgradeMetadata(written, path)
    expect(upgraded.version).toBe(String(checkpointVersion))
    expect(parsePart(upgraded, 'experiment', path)).toEqual({ ...experiment, threads: 0 })
    const { sums, stretch } = parsePart(upgraded, 'progress', path)
    expect(sums).toEqual({ ...example().sums, events: null })
    expect(stretch).toBe(null)
  })

  it('refuses versions that are none', () => {
    for (const version of ['0', '-1', '1.5', 'one', '']) {
      expect(() => upgradeMetadata(metadata(version), path)).toThrow(/not a checkpoint of Spikedesk/)
    }
  })
})
