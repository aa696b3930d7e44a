import type {
  CheckpointComparison,
  SettingDifference,
  TensorComparison,
} from '../../src-shared/checkpointContract.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { SpikedeskError, type ErrorMessage } from '../../src-shared/errors/index.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { settingDifferences } from '../analysis/settingDifference.ts'
import { singularValues } from '../analysis/singularValues.ts'
import { changeHistogram, changeOf, differenceOf } from '../analysis/tensorChange.ts'
import { readTensor, type FileNode, type OpenedFile, type TensorNode } from './files/openedFile.ts'
import { tensorNumbers } from './files/tensorNumbers.ts'
import { importNetwork } from './networks/importNetwork.ts'
import { nirTensors } from './networks/nir/nirNetwork.ts'
import { findStateDict } from './networks/stateDict.ts'

/** Multiplications of a matrix of this size take some seconds: 1,250 a side, or 30,000 by 250. */
const mostProduct = 2e9
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

/** Compares the tensors of two files by name. Throws `tensor.large`, `file.damaged`. */
export function compareCheckpoints(a: OpenedFile, b: OpenedFile): CheckpointComparison {
  const [first, second] = [tensorsOf(a), tensorsOf(b)]
  const result: CheckpointComparison = {
    changes: [],
    onlyFirst: [...first.keys()].filter((name) => !second.has(name)),
    onlySecond: [...second.keys()].filter((name) => !first.has(name)),
    differentShapes: [],
    settings: settingsOf(a, b),
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
    const equal = node.dtype === other.dtype && equalBytes(readTensor(a, node), readTensor(b, other))
    result.changes.push({ name, shape: node.shape, equal, ...changeOf(values, others) })
  }
  return result
}

/** Why the singular values of a matrix are not computed; null where they are. */
function refusalOf(
  name: string,
  rows: number,
  columns: number,
  difference: Float64Array,
): ErrorMessage | null {
  const product = rows * columns * Math.min(rows, columns)
  if (product > mostProduct) {
    return { code: 'tensor.spectrum', data: { tensor: name, rows, columns, product, limit: mostProduct } }
  }
  if (!difference.every(Number.isFinite)) return { code: 'tensor.notFinite', data: { tensor: name } }
  return null
}

/**
 * Looks closely at one tensor of two files: how its elements changed, and the singular values of both and of the
 * difference. `breathe` is awaited often (see `singularValues`). Throws `tensor.unknown`, `tensor.large`, `file.damaged`.
 */
export async function compareTensor(
  a: OpenedFile,
  b: OpenedFile,
  name: string,
  breathe: () => Promise<void>,
): Promise<TensorComparison> {
  const [node, other] = [tensorsOf(a).get(name), tensorsOf(b).get(name)]
  const values = node && tensorNumbers(a, node)
  const others = other && tensorNumbers(b, other)
  if (!values || !others || node.shape.join() !== other.shape.join())
    throw new SpikedeskError('tensor.unknown', { path: (values ? b : a).path, tensor: name })
  const difference = differenceOf(values, others)
  const plain = { name, histogram: changeHistogram(difference, bins), spectra: null, refused: null }
  const rows = node.shape[0] ?? 1
  const columns = elementCount(node.shape.slice(1))
  if (node.shape.length < 2 || rows * columns === 0) return plain
  const refused = refusalOf(name, rows, columns, difference)
  if (refused) return { ...plain, refused }
  const of = (matrix: Float64Array) => singularValues(matrix, rows, columns, breathe)
  const spectra = { first: await of(values), second: await of(others), difference: await of(difference) }
  return { ...plain, spectra }
}
