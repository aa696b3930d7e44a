import type { Backend } from '../../executor.ts'
import { ReferenceExecutor } from './executor.ts'
import { referenceMemory } from './memoryEstimate.ts'

/** The oracle: every program, everywhere, slowly. It has one thread, whatever is asked for. */
export const referenceBackend: Backend = {
  id: 'reference',
  unavailable: () => null,
  hardware: () => ({ device: 'TypeScript', threads: 1 }),
  create: (program) => new ReferenceExecutor(program),
  memory: referenceMemory,
}
