import type { EngineInfo } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { EngineId } from '../../../src-shared/experiment.ts'
import type { Backend, Executor } from '../executor.ts'
import type { Program } from '../program.ts'
import { nativeBackend } from './native/index.ts'
import { referenceBackend } from './reference/index.ts'

/** The table of backends, the fastest first. */
export const backends: readonly Backend[] = [nativeBackend, referenceBackend]

/** @throws SpikedeskError `engine.unknown` */
export function findBackend(id: string): Backend {
  const backend = backends.find((candidate) => candidate.id === id)
  if (backend) return backend
  throw new SpikedeskError('engine.unknown', {
    engine: id,
    known: backends.map((candidate) => candidate.id).join(', '),
  })
}

/**
 * An executor of a program, in its initial state.
 *
 * @param threads 0 takes all cores
 * @throws SpikedeskError `engine.unknown`, `engine.unavailable`
 */
export function createExecutor(engine: EngineId, program: Program, threads: number): Executor {
  const backend = findBackend(engine)
  const reason = backend.unavailable()
  if (reason !== null) throw new SpikedeskError('engine.unavailable', { engine, reason })
  return backend.create(program, threads)
}

/** What is to be had here, for the choice of an engine. */
export function engineInfos(): EngineInfo[] {
  return backends.map((backend) => {
    const unavailable = backend.unavailable()
    const { device, threads } = unavailable === null ? backend.hardware() : { device: '', threads: 0 }
    return { id: backend.id, device, threads, unavailable }
  })
}
