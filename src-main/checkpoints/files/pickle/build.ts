import { FileProblem } from '../../../containers/fileProblem.ts'
import { buildNumpyArray } from './numpyCallables.ts'
import type { PickleMachine } from './machine.ts'
import type { PickleValue } from './values.ts'

function entryOf(state: PickleValue, key: string) {
  return state.kind === 'dict' ? state.entries.get(key) : undefined
}

/** The opcode BUILD: gives the object below it its state. */
export function buildState(machine: PickleMachine): void {
  const state = machine.pop()
  const target = machine.top()
  switch (target.kind) {
    case 'dict': {
      const metadata = entryOf(state, '_metadata')
      if (metadata) target.metadata = metadata
      return
    }
    case 'object': {
      if (target.state?.kind === 'dict' && state.kind === 'dict') {
        for (const [key, value] of state.entries) target.state.entries.set(key, value)
      } else target.state ??= state
      return
    }
    case 'numpyDtype': {
      const order = state.kind === 'list' ? state.items.at(1) : undefined
      target.bigEndian = order?.kind === 'scalar' && order.value === '>'
      return
    }
    case 'numpyArray':
      target.built = buildNumpyArray(state)
      return
    case 'tensor':
    case 'list':
      return
    default:
      throw new FileProblem('problem.pickleStack')
  }
}
