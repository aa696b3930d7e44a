import type { FoundHistory } from '../../../src-shared/importedNetwork.ts'
import { numbersOf } from '../../containers/dtypes.ts'
import type { FileNode, ScalarNode } from '../files/openedFile.ts'

/** What training loops keep beside the weights: settings by name, curves, the optimizer. */
export interface TrainingEvidence {
  /** Single values by their last key in lower case, with where they stand. */
  settings: Map<string, { value: ScalarNode['value']; source: string }>
  histories: FoundHistory[]
  /** The first parameter group of the optimizer; null where there is none. */
  optimizer: Map<string, FileNode> | null
}

const longestHistory = 1_000_000

function historyOf(node: FileNode): Float64Array | null {
  if (node.kind === 'tensor') {
    if (node.shape.length !== 1 || node.shape[0] < 2 || node.shape[0] > longestHistory) return null
    return numbersOf(node.dtype, node.read())
  }
  if (node.kind !== 'list' || node.items.length < 2 || node.items.length > longestHistory) return null
  const values = new Float64Array(node.items.length)
  for (const [i, item] of node.items.entries()) {
    const number = singleNumber(item)
    if (number === null) return null
    values[i] = number
  }
  return values
}

/** A number, or a tensor of one element: losses are often kept without `.item()`. */
function singleNumber(node: FileNode): number | null {
  if (node.kind === 'scalar') {
    return node.type === 'int' || node.type === 'float' ? Number(node.value) : null
  }
  if (node.kind !== 'tensor' || node.shape.reduce((product, size) => product * size, 1) !== 1) return null
  return numbersOf(node.dtype, node.read())?.[0] ?? null
}

/** Walks what is not the state dict. */
export function findEvidence(root: FileNode, stateDict: readonly string[]): TrainingEvidence {
  const found: TrainingEvidence = { settings: new Map(), histories: [], optimizer: null }
  const walk = (node: FileNode, path: string[]): void => {
    if (path.length > 6 || (path.length > 0 && path.join('\n') === stateDict.join('\n'))) return
    const key = path.at(-1) ?? ''
    const name = path.join('.')
    if (node.kind === 'scalar') {
      if (!found.settings.has(key.toLowerCase())) {
        found.settings.set(key.toLowerCase(), { value: node.value, source: name })
      }
    } else if (node.kind === 'dict') {
      for (const [child, value] of node.entries) {
        if (path.length === 0 && stateDict.length === 0 && value.kind === 'tensor') continue
        if (/optim/i.test(child) && value.kind === 'dict') found.optimizer ??= firstGroup(value)
        else walk(value, [...path, child])
      }
    } else if (node.kind === 'object' && node.state) walk(node.state, path)
    else {
      const values = historyOf(node)
      if (values) found.histories.push({ name, values })
    }
  }
  walk(root, [])
  return found
}

function firstGroup(optimizer: FileNode): Map<string, FileNode> | null {
  const groups = optimizer.kind === 'dict' ? optimizer.entries.get('param_groups') : undefined
  const group = groups?.kind === 'list' ? groups.items.at(0) : undefined
  return group?.kind === 'dict' ? group.entries : null
}

/** A finite number of the evidence under the first of some names; null where there is none. */
export function foundNumber(
  { settings }: TrainingEvidence,
  ...names: string[]
): { value: number; source: string } | null {
  for (const name of names) {
    const found = settings.get(name)
    if (found && typeof found.value === 'number' && Number.isFinite(found.value)) {
      return { value: found.value, source: found.source }
    }
  }
  return null
}
