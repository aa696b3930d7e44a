import type { DictNode, FileNode, TensorNode } from '../files/openedFile.ts'

/** The weights of a network in a file: tensors by name, and the modules that torch listed with them. */
export interface StateDict {
  /** Where it stands in the file. */
  path: string[]
  /** In the order of the file, without prefixes that wrappers put before every name. */
  tensors: Map<string, TensorNode>
  /** Paths of the modules in the order in which they were made; null where they are not listed. */
  modules: string[] | null
}

/** Names under which training loops keep the state of the network, in the order of preference. */
const usualNames = ['model_state_dict', 'state_dict', 'net', 'model', 'network', 'model_state', 'weights']
/** What `DataParallel` and `torch.compile` put before every name. */
const wrappers = ['module.', '_orig_mod.']
const notNetworks = /optim|scheduler|ema|scaler|state$/i

function tensorCount(node: DictNode): number {
  return [...node.entries.values()].filter(({ kind }) => kind === 'tensor').length
}

interface Candidate {
  path: string[]
  node: DictNode
}

function candidates(node: FileNode, path: string[]): Candidate[] {
  if (node.kind !== 'dict' || path.length > 3) return []
  const own = tensorCount(node) > 0 ? [{ path, node }] : []
  const inner = [...node.entries]
    .filter(([key]) => usualNames.includes(key) || !notNetworks.test(key))
    .flatMap(([key, child]) => candidates(child, [...path, key]))
  return [...own, ...inner]
}

function rank({ path, node }: Candidate): number {
  const usual = usualNames.indexOf(path.at(-1) ?? '')
  const named = path.length === 0 || usual < 0 ? 0 : (usualNames.length - usual) * 1_000_000
  return named + tensorCount(node)
}

function unwrapped(names: readonly string[]): (name: string) => string {
  const wrapper = wrappers.find(
    (prefix) => names.length > 0 && names.every((name) => name.startsWith(prefix)),
  )
  if (!wrapper) return (name) => name
  const inner = unwrapped(names.map((name) => name.slice(wrapper.length)))
  return (name) => inner(name.startsWith(wrapper) ? name.slice(wrapper.length) : name)
}

function modulesOf(node: DictNode, unwrap: (name: string) => string): StateDict['modules'] {
  return node.metadata?.kind === 'dict' ? [...node.metadata.entries.keys()].map(unwrap) : null
}

/** Finds the state dict of a network; null where there is no dict of tensors. */
export function findStateDict(root: FileNode): StateDict | null {
  const [best] = candidates(root, []).sort((a, b) => rank(b) - rank(a))
  if (!best) return null
  const tensors = [...best.node.entries].filter(
    (entry): entry is [string, TensorNode] => entry[1].kind === 'tensor',
  )
  const unwrap = unwrapped(tensors.map(([name]) => name))
  return {
    path: best.path,
    tensors: new Map(tensors.map(([name, tensor]) => [unwrap(name), tensor])),
    modules: modulesOf(best.node, unwrap),
  }
}
