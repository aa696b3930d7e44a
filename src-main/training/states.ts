import type { RunState } from '../../src-shared/contract.ts'

/** From which state a run may come into which. */
const transitions: Record<RunState, readonly RunState[]> = {
  preparing: ['running', 'pausing', 'stopping', 'failed', 'interrupted'],
  running: ['pausing', 'stopping', 'done', 'failed', 'interrupted'],
  pausing: ['paused', 'running', 'stopping', 'done', 'failed', 'interrupted'],
  paused: ['running', 'stopping', 'failed', 'interrupted'],
  stopping: ['stopped', 'done', 'failed', 'interrupted'],
  done: ['preparing'],
  stopped: ['preparing'],
  failed: ['preparing'],
  interrupted: ['preparing'],
}

/** Whether a run may go from one state to another. */
export function mayFollow(from: RunState, to: RunState): boolean {
  return transitions[from].includes(to)
}

/** Whether a process has to stand behind this state; without one, the run was interrupted. */
export function isActive(state: RunState): boolean {
  return !['done', 'stopped', 'failed', 'interrupted'].includes(state)
}

/** The states of `isActive`, for queries. */
export const activeStates: readonly RunState[] = (Object.keys(transitions) as RunState[]).filter(isActive)
