import { instructionSet } from '../../src-main/engine/backends/native/addon.ts'
import { mapNetwork, prepared, samples, spikingNetwork, staticNetwork } from './networks.ts'

/** Prints what this process computes with; its instruction set is chosen by SPIKEDESK_ISA. */
const results = [staticNetwork, spikingNetwork, mapNetwork].map((spec) => {
  const executor = prepared(spec, 2)
  const { result, gradients } = executor.gradients(samples(0, 50))
  return {
    loss: result.loss,
    layerSpikes: [...result.layerSpikes],
    norms: gradients.map(({ data }) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0))),
  }
})
console.log(JSON.stringify({ instructionSet: instructionSet(), results }))
