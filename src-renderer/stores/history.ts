import { shallowReactive } from 'vue'

const limit = 200
const burst = 1200

interface Step<State> {
  state: State
  /** Changes with the same mark, one soon after the other, are one step: typing in one field. */
  mark: string | null
  at: number
}

/**
 * Undo and redo over states that are never changed in place, so that a step costs what differs. Keeps 200 steps.
 * `now` gives milliseconds.
 */
export function createHistory<State>(initial: State, now: () => number = () => performance.now()) {
  const steps = shallowReactive({ past: [] as State[], present: initial, future: [] as State[] })
  let last: Step<State> | null = null

  function push(state: State, mark: string | null = null): void {
    const at = now()
    const joins = last !== null && mark !== null && last.mark === mark && at - last.at < burst
    if (!joins) steps.past = [...steps.past.slice(1 - limit), steps.present]
    steps.present = state
    steps.future = []
    last = { state, mark, at }
  }

  function undo(): void {
    const previous = steps.past.at(-1)
    if (steps.past.length === 0) return
    steps.future = [steps.present, ...steps.future]
    steps.past = steps.past.slice(0, -1)
    steps.present = previous as State
    last = null
  }

  function redo(): void {
    if (steps.future.length === 0) return
    steps.past = [...steps.past, steps.present]
    steps.present = steps.future[0]
    steps.future = steps.future.slice(1)
    last = null
  }

  /** Ends a burst: the next change is a step of its own, e.g. because the field was left. */
  function seal(): void {
    last = null
  }

  return { steps, push, undo, redo, seal }
}
