import type { Callables } from './machine.ts'
import { numpyCallables } from './numpyCallables.ts'
import { plainCallables } from './plainCallables.ts'
import { torchCallables } from './torchCallables.ts'

/** The allow-list: whatever else a pickle wants called is refused. */
export const callables: Callables = new Map([...plainCallables, ...numpyCallables, ...torchCallables])
