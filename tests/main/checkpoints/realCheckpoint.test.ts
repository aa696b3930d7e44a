import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DatasetLibrary } from '../../../src-main/datasets/library.ts'
import { openCheckpointFile } from '../../../src-main/checkpoints/files/open.ts'
import { importNetwork } from '../../../src-main/checkpoints/networks/importNetwork.ts'
import { exportNetwork } from '../../../src-main/checkpoints/writers/exporters.ts'
import { compareCheckpoints } from '../../../src-main/checkpoints/comparison.ts'
import { evaluateFile, traceFile } from '../../../src-main/runs/fileNetwork.ts'
import { scratchFolder } from '../runs/tinyRun.ts'

/**
 * The published checkpoint of a 784-100-10 network on the official test images, where SPIKEDESK_CHECKPOINT (the
 * .pth) and SPIKEDESK_MNIST (the folder) name them.
 */
const path = process.env.SPIKEDESK_CHECKPOINT ?? ''
const dataset = process.env.SPIKEDESK_MNIST ?? ''
const library = new DatasetLibrary(null)
const folder = scratchFolder()

/** A simulation of the equations in NumPy, in float32, of the sample; spikes as text, a line a step. */
const fixture = JSON.parse(readFileSync(new URL('vectors/trace784.json', import.meta.url), 'utf8')) as {
  sample: number
  timeSteps: number
  hidden: string[]
  output: string[]
  outputMembrane: number[][]
}

describe.skipIf(!path || !dataset)('the published checkpoint (SPIKEDESK_CHECKPOINT, SPIKEDESK_MNIST)', () => {
  it('classifies as its own history says, and as is known for 25 steps', async () => {
    const { result, experiment, network } = await evaluateFile(path, dataset, library)
    expect(experiment.timeSteps).toBe(15)
    expect(network.questions.map(({ id }) => id)).toEqual(['resetDelay', 'surrogate', 'encoding', 'loss'])
    expect(result.correct).toBe(9761)
    expect((await evaluateFile(path, dataset, library, { steps: 25 })).result.correct).toBe(9770)
  })

  it('fires, spike for spike, as the equations do', async () => {
    const { layers, timeSteps } = await traceFile(path, dataset, library, {
      split: 'test',
      index: fixture.sample,
    })
    const lines = ({ spikes, neurons }: (typeof layers)[number]) =>
      Array.from({ length: timeSteps }, (_, t) => spikes.slice(t * neurons, (t + 1) * neurons).join(''))
    expect(lines(layers[0])).toEqual(fixture.hidden)
    expect(lines(layers[1])).toEqual(fixture.output)
    const membrane = fixture.outputMembrane.flat()
    layers[1].membrane.forEach((value, i) => expect(value).toBeCloseTo(membrane[i], 4))
  })

  it('goes through every format with the same confusion, and through .pth bit for bit', async () => {
    const { result } = await evaluateFile(path, dataset, library)
    const file = openCheckpointFile(path)
    for (const format of ['pth', 'nir', 'safetensors'] as const) {
      const to = join(folder, `copy.${format}`)
      await exportNetwork(importNetwork(file), format, to)
      expect((await evaluateFile(to, dataset, library)).result.confusion).toEqual(result.confusion)
    }
    const copy = openCheckpointFile(join(folder, 'copy.pth'))
    const { changes, onlyFirst, onlySecond } = compareCheckpoints(file, copy)
    expect(changes).toHaveLength(12)
    expect(changes.every(({ equal }) => equal)).toBe(true)
    expect([...onlyFirst, ...onlySecond]).toEqual([])
    copy.close()
    file.close()
  })
})
