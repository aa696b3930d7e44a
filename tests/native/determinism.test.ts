import { describe, expect, it } from 'vitest'
import type { Executor } from '../../src-main/engine/executor.ts'
import {
  longNetwork,
  mapNetwork,
  prepared,
  recurrentMaps,
  samples,
  spikingNetwork,
  staticNetwork,
  wideNetwork,
} from './networks.ts'

const networks = [
  { name: 'static', spec: staticNetwork },
  { name: 'spiking', spec: spikingNetwork },
  { name: 'long', spec: longNetwork },
  { name: 'wide', spec: wideNetwork },
  { name: 'convolutional', spec: mapNetwork },
  { name: 'static, in stretches,', spec: { ...staticNetwork, stretch: 7 } },
  { name: 'spiking, in stretches,', spec: { ...spikingNetwork, stretch: 9 } },
  { name: 'long, in stretches,', spec: { ...longNetwork, stretch: 20 } },
  { name: 'convolutional, in stretches,', spec: { ...recurrentMaps, stretch: 3 } },
]

/** Batches of several sizes, the last one short. */
function trainSome(executor: Executor, from = 0, to = 4) {
  const sizes = [50, 50, 37, 1]
  const results = sizes
    .slice(from, to)
    .map((size, i) => structuredClone(executor.train(samples(from + i, size, 1))))
  return { results, state: executor.readState() }
}

it('shares out a first layer only among threads that each get outputs', () => {
  const model = structuredClone(wideNetwork.model)
  model.input.shape = [784]
  const fc1 = model.layers.find(({ id }) => id === 'fc1')
  if (fc1) fc1.params.outputs = 40
  const spec = { ...wideNetwork, model }
  expect(trainSome(prepared(spec, 4))).toEqual(trainSome(prepared(spec, 1)))
})

it('gives the same bits where outputs are shared out and what follows goes part by part of the batch', () => {
  const spec = { ...wideNetwork, timeSteps: 26, batchSize: 150 }
  const train = (threads: number) => {
    const executor = prepared(spec, threads)
    const results = [150, 130, 65, 1].map((size, i) => structuredClone(executor.train(samples(i, size, 1))))
    return { results, state: executor.readState() }
  }
  const one = train(1)
  expect(one.results.every(({ layerSpikes }) => layerSpikes.every((count) => count > 0))).toBe(true)
  for (const threads of [2, 3, 4]) expect(train(threads)).toEqual(one)
})

describe.each(networks)('$name network', ({ spec }) => {
  it('gives the same bits on any number of threads', () => {
    const one = trainSome(prepared(spec, 1))
    expect(one.results.every(({ layerSpikes }) => layerSpikes.every((count) => count > 0))).toBe(true)
    for (const threads of [2, 3, 4]) expect(trainSome(prepared(spec, threads))).toEqual(one)
  })

  it('gives the same bits again and again on threads that race', () => {
    const executor = prepared(spec, 4)
    const first = executor.readState()
    const wanted = trainSome(executor)
    for (let i = 0; i < 20; i++) {
      executor.writeState(first)
      expect(trainSome(executor)).toEqual(wanted)
    }
  })

  it('goes on from a written state as if it had never stopped', () => {
    const whole = prepared(spec, 2)
    trainSome(whole, 0, 2)
    const resumed = prepared(spec, 1)
    resumed.writeState(whole.readState())
    expect(trainSome(resumed, 2, 4)).toEqual(trainSome(whole, 2, 4))
  })

  it('sees a sample the same way whatever stands beside it in the batch', () => {
    const executor = prepared(spec, 2)
    const batch = executor.evaluate(samples(3, 50))
    const classes = batch.counts.length / 50
    for (const at of [0, 17, 49]) {
      const alone = executor.evaluate({
        ...samples(0, 1),
        indices: samples(3, 50).indices.subarray(at, at + 1),
      })
      expect(alone.counts).toEqual(batch.counts.slice(at * classes, (at + 1) * classes))
      expect(alone.predictions[0]).toBe(batch.predictions[at])
    }
  })

  it('changes nothing by evaluating, tracing or taking gradients', () => {
    const executor = prepared(spec, 2)
    const before = executor.readState()
    executor.evaluate(samples(0, 20))
    executor.trace(samples(0, 20))
    executor.gradients(samples(0, 20))
    expect(executor.readState()).toEqual(before)
  })
})
