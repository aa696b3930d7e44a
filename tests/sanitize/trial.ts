/**
 * What the sanitizers watch: random networks through everything that the native engine does, on one to three
 * threads. Numbers are compared elsewhere; here only memory and threads are looked at. Takes how many networks.
 */
import fc from 'fast-check'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { instructionSet } from '../../src-main/engine/backends/native/addon.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { Batch, Executor } from '../../src-main/engine/executor.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { numbers, valueBatch } from '../main/engine/fixtures.ts'
import { eventCases } from '../main/engine/randomEvents.ts'
import { graphCases } from '../main/engine/randomGraphs.ts'
import { mapCases } from '../main/engine/randomMaps.ts'
import { prepare, randomCases } from '../main/engine/randomNetworks.ts'

const count = Number(process.argv[2] ?? 40)
const threadCounts = [1, 2, 3]

function everything(executor: Executor, batch: Batch): void {
  executor.trace(batch)
  executor.gradients(batch)
  executor.train(batch)
  executor.train(batch)
  executor.evaluate(batch)
  executor.writeState(executor.readState())
  executor.dispose()
}

let runs = 0
for (const given of fc.sample(randomCases, { numRuns: count, seed: 21 })) {
  for (const threads of threadCounts) {
    const executor = nativeBackend.create(compileNetwork(given.spec), threads)
    prepare(executor, given)
    everything(executor, given.batch)
    runs++
  }
}
const maps = [mapCases, graphCases].flatMap((cases) => fc.sample(cases, { numRuns: count, seed: 22 }))
for (const { spec, samples } of maps) {
  const steps = spec.encoding.kind === 'given' && spec.encoding.static ? 1 : spec.timeSteps
  const values = numbers(steps * samples * elementCount(spec.model.input.shape), spec.seed, -1, 2)
  const labels = Array.from({ length: samples }, (_, b) => b % 4)
  for (const threads of threadCounts) {
    everything(nativeBackend.create(compileNetwork(spec), threads), valueBatch(values, labels))
    runs++
  }
}
for (const { spec, batch, gain } of fc.sample(eventCases, { numRuns: count, seed: 23 })) {
  for (const threads of threadCounts) {
    const executor = nativeBackend.create(compileNetwork(spec), threads)
    const state = executor.readState()
    for (const { data } of state.parameters) data.forEach((value, i) => (data[i] = value * gain))
    executor.writeState(state)
    everything(executor, batch)
    runs++
  }
}
console.log(`${instructionSet()}: ${runs} networks`)
