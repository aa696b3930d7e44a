import { beforeAll, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { DatasetLibrary } from '../../../../src-main/datasets/library.ts'
import { openCheckpointFile } from '../../../../src-main/checkpoints/files/open.ts'
import { importNetwork, loadParameters } from '../../../../src-main/checkpoints/networks/importNetwork.ts'
import { exporterFor, exporters, exportNetwork } from '../../../../src-main/checkpoints/writers/exporters.ts'
import { evaluateFile } from '../../../../src-main/runs/fileNetwork.ts'
import { scratchFolder } from '../../runs/tinyRun.ts'
import { sampleNetworks as networks } from './sampleNetworks.ts'

/** Every export comes back as the same network: the same confusion on 2,000 test images. */

const folder = scratchFolder()
const library = new DatasetLibrary(null)

describe.each(Object.keys(networks))('a %s network', (name) => {
  let confusion: number[][]
  const own = join(folder, `${name}.safetensors`)

  beforeAll(async () => {
    await exportNetwork(networks[name], 'safetensors', own)
    confusion = (await evaluateFile(own, 'digits', library)).result.confusion
    // One output for all images would show nothing.
    expect(
      confusion[0].map((_, k) => confusion.some((row) => row[k] > 0)).filter(Boolean).length,
    ).toBeGreaterThan(1)
  })

  it.each(['pth', 'nir', 'safetensors'] as const)('comes back from .%s as it went', async (format) => {
    const to = join(folder, `${name}-copy.${format}`)
    const file = openCheckpointFile(own)
    await exportNetwork(importNetwork(file), format, to)
    file.close()
    const again = openCheckpointFile(to)
    const imported = importNetwork(again)
    loadParameters(again, imported)
    again.close()
    const { parameters, experiment, questions } = imported
    expect(questions).toEqual([])
    expect(experiment.model).toEqual(networks[name].experiment.model)
    for (const tensor of parameters) {
      const before = networks[name].parameters.find((other) => other.name === tensor.name)
      expect(tensor.shape).toEqual(before?.shape)
      if (/weight|bias|V$/.test(tensor.name)) expect(tensor.data).toEqual(before?.data)
    }
    expect((await evaluateFile(to, 'digits', library)).result.confusion).toEqual(confusion)
  })

  it('is written as documents and as a script', async () => {
    const to = (ending: string) => join(folder, `${name}-copy${ending}`)
    for (const exporter of exporters) expect(exporterFor(to(exporter.endings[0]))).toBe(exporter)
    const written = await exportNetwork(networks[name], 'experiment.json', to('.json'))
    expect(written.notes).toEqual([{ phrase: 'note.noWeights' }])
    const script = await exportNetwork(networks[name], 'py', to('.py'), true)
    expect(script.bytes).toBeGreaterThan(4000)
  })
})
