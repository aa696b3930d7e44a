import type { TensorNode } from '../files/openedFile.ts'
import type { StateDict } from './stateDict.ts'

/** A module of a network: its path, and its own tensors by name. */
export interface FoundModule {
  path: string
  tensors: Map<string, TensorNode>
  /** Whether it holds what only neurons hold. */
  spikes: boolean
}

/** Modules inside a neuron, which belong to it. */
const inner = /\.(recurrent|lstm_cell|rnn|surrogate_function)$/

function ownerOf(name: string): { path: string; tensor: string } {
  const dot = name.lastIndexOf('.')
  const path = dot < 0 ? '' : name.slice(0, dot)
  const tensor = name.slice(dot + 1)
  const nested = inner.exec(path)
  return nested ? { path: path.slice(0, nested.index), tensor: `${nested[1]}.${tensor}` } : { path, tensor }
}

/**
 * The modules of a state dict in the order in which they were made, also those without tensors where torch listed
 * them. Modules that only hold others are left out.
 */
export function findModules({ tensors, modules }: StateDict): FoundModule[] {
  const found = new Map<string, FoundModule>()
  for (const path of modules ?? []) {
    const nested = inner.exec(path)
    const owner = found.get(nested ? path.slice(0, nested.index) : '')
    if (!nested) found.set(path, { path, tensors: new Map(), spikes: false })
    else if (owner) owner.spikes = true
  }
  for (const [name, tensor] of tensors) {
    const owner = ownerOf(name)
    const module = found.get(owner.path) ?? { path: owner.path, tensors: new Map(), spikes: false }
    module.tensors.set(owner.tensor, tensor)
    found.set(owner.path, module)
  }
  const all = [...found.values()]
  const holds = ({ path }: FoundModule) =>
    all.some((other) => other.path !== path && (path === '' || other.path.startsWith(`${path}.`)))
  return all.filter((module) => module.tensors.size > 0 || !holds(module))
}
