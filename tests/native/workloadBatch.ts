import { eventFrames } from '../../src-main/cli/bench/eventFrames.ts'
import { findWorkload } from '../../src-main/cli/bench/workloads.ts'
import { findValue, outputCount } from '../../src-main/engine/backends/checks.ts'
import type { Batch, Executor } from '../../src-main/engine/executor.ts'
import type { Program } from '../../src-main/engine/program.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { noise } from '../main/engine/fixtures.ts'

/** The compiled program of a workload of `spikedesk bench`. */
export function workloadProgram(id: string): Program {
  const workload = findWorkload(id)
  if (!workload) throw new Error(`there is no workload ${id}`)
  return workload.compile()
}

/** A full batch of noise for a workload's program: images, which `bind` hands to an executor, or frames of events. */
export function batchOf(program: Program): { bind(executor: Executor): void; batch: Batch } {
  const { batchSize, timeSteps, seed } = program
  const classes = outputCount(program)
  const width = elementCount(findValue(program, 'input').shape)
  if (program.forward[0].op === 'encode' && program.forward[0].encoding === 'given') {
    const frames = { samples: batchSize, steps: timeSteps, width, density: 0.02, classes, seed, batch: 0 }
    return { bind: () => undefined, batch: eventFrames(frames) }
  }
  const images = noise(64, width, classes)
  const indices = Uint32Array.from({ length: batchSize }, (_, i) => i % 64)
  return {
    bind: (executor) => executor.bind('train', images),
    batch: { kind: 'samples', split: 'train', indices, epoch: 1 },
  }
}
