import type {
  CheckpointComparison,
  SettingDifference,
  TensorComparison,
} from '../../src-shared/checkpointContract.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { settingDifferences } from '../analysis/settingDifference.ts'
import { singularValues } from '../analysis/singularValues.ts'
import { changeHistogram, changeOf, differenceOf } from '../analysis/tensorChange.ts'
import { readTensor, type FileNode, type OpenedFile, type TensorNode } from './files/openedFile.ts'
import { tensorNumbers } from './files/tensorNumbers.ts'
import { importNetwork } from './networks/importNetwork.ts'
import { nirTensors } from './networks/nir/nirNetwork.ts'
import { findStateDict } from './networks/stateDict.ts'

/** Singular values take a cubic number of steps: some seconds of this side, minutes of larger ones. */
const largestSide = 800
const bins = 81

/** Tensors of the network of a file by name; of all of the file where it has no state dict. */
function tensorsOf(file: OpenedFile): ReadonlyMap<string, TensorNode> {
  const found = new Map<string, TensorNode>()
  const graph = file.format === 'nir' ? nirTensors(file.root) : null
  const known = graph ?? findStateDict(file.root)?.tensors
  if (known) return known
  const walk = (node: FileNode, path: string[]): void => {
    if (node.kind === 'tensor') found.set(path.join('.'), node)
    else if (node.kind === 'dict') for (const [key, child] of node.entries) walk(child, [...path, key])
    else if (node.kind === 'list') node.items.forEach((child, i) => walk(child, [...path, String(i)]))
  }
  walk(file.root, [])
  return found
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

interface Numbers {
  shape: number[]
  values: Float64Array
}

/** A tensor looked at closely; singular values are refused of what takes minutes or has none. */
function tensorComparison(name: string, first: Numbers, second: Numbers): TensorComparison {
  const difference = differenceOf(first.values, second.values)
  const histogram = changeHistogram(difference, bins)
  const rows = first.shape[0] ?? 1
  const columns = elementCount(first.shape.slice(1))
  const side = Math.min(rows, columns)
  const plain = { name, histogram, spectra: null, refused: null }
  if (first.shape.length < 2 || side === 0) return plain
  if (side > largestSide) {
    const data = { tensor: name, side, limit: largestSide }
    return { ...plain, refused: { code: 'tensor.spectrum', data } }
  }
  if (!difference.every(Number.isFinite)) {
    return { ...plain, refused: { code: 'tensor.notFinite', data: { tensor: name } } }
  }
  const of = (values: Float64Array) => singularValues(values, rows, columns)
  return {
    ...plain,
    spectra: { first: of(first.values), second: of(second.values), difference: of(difference) },
  }
}

/** The experiment of the network in a file; null where there is none that can be run. */
function experimentOf(file: OpenedFile): ExperimentDocument | null {
  try {
    return importNetwork(file).experiment
  } catch (thrown) {
    if (thrown instanceof SpikedeskError) return null
    throw thrown
  }
}

function settingsOf(a: OpenedFile, b: OpenedFile): SettingDifference[] {
  const [first, second] = [experimentOf(a), experimentOf(b)]
  return first && second ? settingDifferences(first, second) : []
}

/**
 * Compares the tensors of two files by name. `tensor` names the one that is looked at closely, with its singular
 * values. Throws `tensor.unknown`, `tensor.large`, `file.damaged`.
 */
export function compareCheckpoints(
  a: OpenedFile,
  b: OpenedFile,
  tensor: string | null,
): CheckpointComparison {
  const [first, second] = [tensorsOf(a), tensorsOf(b)]
  const result: CheckpointComparison = {
    changes: [],
    onlyFirst: [...first.keys()].filter((name) => !second.has(name)),
    onlySecond: [...second.keys()].filter((name) => !first.has(name)),
    differentShapes: [],
    settings: settingsOf(a, b),
    tensor: null,
  }
  for (const [name, node] of first) {
    const other = second.get(name)
    if (!other) continue
    if (node.shape.join() !== other.shape.join()) {
      result.differentShapes.push(name)
      continue
    }
    const values = tensorNumbers(a, node)
    const others = tensorNumbers(b, other)
    if (!values || !others) continue
    const [one, two] = [
      { shape: node.shape, values },
      { shape: other.shape, values: others },
    ]
    const equal = node.dtype === other.dtype && equalBytes(readTensor(a, node), readTensor(b, other))
    result.changes.push({ name, shape: node.shape, equal, ...changeOf(values, others) })
    if (name === tensor) result.tensor = tensorComparison(name, one, two)
  }
  if (tensor !== null && !result.tensor) {
    throw new SpikedeskError('tensor.unknown', { path: a.path, tensor })
  }
  return result
}
