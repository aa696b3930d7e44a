import type { Backend } from '../../executor.ts'
import { referenceDevice, ReferenceExecutor } from './executor.ts'

/** The oracle: every program, everywhere, slowly. It has one thread, whatever is asked for. */
export const referenceBackend: Backend = {
  id: 'reference',
  unavailable: () => null,
  device: () => referenceDevice,
  create: (program) => new ReferenceExecutor(program),
}
