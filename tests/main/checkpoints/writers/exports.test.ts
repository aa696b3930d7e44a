import { beforeAll, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import type { ExperimentDocument } from '../../../../src-shared/experiment.ts'
import { defaultValues, type FieldValues } from '../../../../src-shared/fields.ts'
import { findLayer } from '../../../../src-shared/model/layers/index.ts'
import { defaultSurrogate } from '../../../../src-shared/model/surrogates.ts'
import { presets } from '../../../../src-shared/model/presets.ts'
import { DatasetLibrary } from '../../../../src-main/datasets/library.ts'
import { openCheckpointFile } from '../../../../src-main/checkpoints/files/open.ts'
import { importNetwork, loadParameters } from '../../../../src-main/checkpoints/networks/importNetwork.ts'
import type { ImportedNetwork } from '../../../../src-main/checkpoints/networks/importedNetwork.ts'
import { exporterFor, exporters, exportNetwork } from '../../../../src-main/checkpoints/writers/exporters.ts'
import { compileExperiment } from '../../../../src-main/engine/compile.ts'
import { initialState } from '../../../../src-main/engine/initialise.ts'
import { evaluateFile } from '../../../../src-main/runs/fileNetwork.ts'
import { scratchFolder } from '../../runs/tinyRun.ts'

/** Every export comes back as the same network: the same confusion on 2,000 test images. */

const folder = scratchFolder()
const library = new DatasetLibrary(null)

const layer = (id: string, kind: string, params: FieldValues = {}) => ({
  id,
  kind,
  params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...params },
})

const base = presets[0].experiment

function network(
  name: string,
  layers: ExperimentDocument['model']['layers'],
  shape = [784],
): ImportedNetwork {
  const model = { version: 1, name, input: { shape }, layers }
  const experiment: ExperimentDocument = { ...structuredClone(base), name, timeSteps: 5, model }
  // Random weights fire little; a factor makes them fire.
  const parameters = initialState(compileExperiment(experiment)).parameters.map((tensor) =>
    tensor.name.endsWith('.weight') ? { ...tensor, data: tensor.data.map((value) => value * 3) } : tensor,
  )
  return {
    framework: 'spikedesk',
    experiment,
    parameters,
    sources: new Map(),
    ...{ histories: [], questions: [], facts: [], notes: [] },
  }
}

const networks: Record<string, ImportedNetwork> = {
  leaky: network('leaky', [
    layer('fc1', 'linear', { outputs: 40 }),
    layer('lif1', 'leaky', { beta: 0.9, learnBeta: true, betaPerNeuron: true }),
    layer('fc2', 'linear', { outputs: 10, bias: false }),
    layer('lif2', 'leaky', {
      beta: 0.8,
      threshold: 0.7,
      reset: 'zero',
      surrogate: defaultSurrogate('fast_sigmoid'),
    }),
  ]),
  recurrent: network('recurrent', [
    layer('fc1', 'linear', { outputs: 30 }),
    layer('rec1', 'rleaky', { beta: 0.7 }),
    layer('fc2', 'linear', { outputs: 20 }),
    layer('rec2', 'rsynaptic', { alpha: 0.6, beta: 0.7, allToAll: false, V: 0.3 }),
    layer('fc3', 'linear', { outputs: 10 }),
    layer('syn', 'synaptic', { alpha: 0.5, beta: 0.9 }),
  ]),
  convolutional: network(
    'convolutional',
    [
      layer('net.0', 'conv2d', { outputs: 4, padding: 1, stride: 2 }),
      layer('net.1', 'lif', { tau: 3, decayInput: false, reset: 'soft', threshold: 0.4 }),
      layer('net.2', 'avgpool2d'),
      layer('net.3', 'flatten'),
      layer('net.4', 'linear', { outputs: 10, bias: false }),
      layer('net.5', 'plif', { tau: 2.5, threshold: 0.1 }),
    ],
    [1, 28, 28],
  ),
}

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
    const script = await exportNetwork(networks[name], 'py', to('.py'))
    expect(script.bytes).toBeGreaterThan(4000)
  })
})
