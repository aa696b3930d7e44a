import { compileNetwork } from '../../../src-main/engine/compile.ts'
import type { Backend, Executor } from '../../../src-main/engine/executor.ts'
import type { EventCase } from './randomEvents.ts'

/** An executor of a network on event frames, with its weights multiplied by the gain. */
export function preparedOnEvents(backend: Backend, { spec, gain }: EventCase, threads: number): Executor {
  const executor = backend.create(compileNetwork(spec), threads)
  const state = executor.readState()
  for (const { data } of state.parameters)
    if (data.length > 1) data.forEach((value, i) => (data[i] = gain * value))
  executor.writeState(state)
  return executor
}
