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

/** What an executor makes of a batch: traces, gradients, a step of training, and the evaluation after it. */
export function runOnEvents(backend: Backend, given: EventCase, threads: number) {
  const executor = preparedOnEvents(backend, given, threads)
  const { batch } = given
  const before = executor.trace(batch)
  const evaluated = executor.evaluate(batch)
  const { result, gradients } = executor.gradients(batch)
  const trained = executor.train(batch)
  const state = executor.readState()
  executor.dispose()
  return { before, evaluated, result, gradients, trained, state }
}
