import type { NeuronPreview, RequestParams } from '../../src-shared/contract.ts'
import { modelVersion } from '../../src-shared/model/document.ts'
import { defaultLoss } from '../../src-shared/lossTables.ts'
import { createExecutor } from './backends/index.ts'
import { compileNetwork, type NetworkSpec } from './compile.ts'

const optimizer: NetworkSpec['optimizer'] = { kind: 'sgd', params: { learningRate: 1, momentum: 0 } }

/**
 * What one neuron of a kind does with a current, `currents` being one value for each time step, from its state of
 * rest: the network of that one neuron on the reference backend. Recurrent weights are those that `seed` draws.
 * Throws what the parameters are wrong in (`model.parameter`, ...).
 */
export function previewNeuron({
  kind,
  params,
  currents,
  seed,
}: RequestParams<'model.neuron'>): NeuronPreview {
  const layers = [{ id: 'neuron', kind, params }]
  const program = compileNetwork({
    model: { version: modelVersion, name: kind, input: { shape: [1] }, layers },
    timeSteps: currents.length,
    batchSize: 1,
    encoding: { kind: 'given', static: false },
    loss: defaultLoss('ce_count'),
    optimizer,
    seed,
  })
  const executor = createExecutor('reference', program, 1)
  try {
    const values = Float32Array.from(currents)
    const [{ spikes, membrane }] = executor.trace({ kind: 'values', values, labels: new Uint8Array(1) })
    return { spikes, membrane }
  } finally {
    executor.dispose()
  }
}
