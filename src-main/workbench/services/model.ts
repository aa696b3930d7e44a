import type { Handlers, WorkbenchContext } from '../context.ts'

/** What an experiment costs before it runs, and what one of its neurons does. */
export function modelService({ compute }: WorkbenchContext): Handlers<'model.cost' | 'model.neuron'> {
  return {
    'model.cost': (params) => compute.call('model.cost', params),
    'model.neuron': (params) => compute.call('model.neuron', params),
  }
}
