import { expect, it } from 'vitest'
import { firingRates, neuronLayers, spikeCounts } from '../../../src-main/analysis/firing.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import { tinyExperiment } from '../runs/tinyRun.ts'

it('lists the neuron layers of a program with their sizes', () => {
  expect(neuronLayers(compileExperiment(tinyExperiment('rows')))).toEqual([
    { layer: 'lif1', neurons: 12 },
    { layer: 'lif2', neurons: 4 },
  ])
})

it('gives the share of neuron-steps with a spike', () => {
  const layers = [
    { layer: 'a', neurons: 10 },
    { layer: 'b', neurons: 2 },
  ]
  expect(firingRates([300, 0], layers, 6, 25)).toEqual([0.2, 0])
  expect(firingRates([], layers, 0, 25)).toEqual([0, 0])
})

it('sums the spikes of each neuron over the steps', () => {
  const trace = {
    layer: 'a',
    neurons: 3,
    spikes: Uint8Array.of(1, 0, 1, 0, 0, 1),
    membrane: new Float32Array(6),
    states: {},
  }
  expect(spikeCounts(trace)).toEqual(Float32Array.of(1, 0, 2))
})
