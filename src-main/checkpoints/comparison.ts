import type { CheckpointComparison, TensorChange } from '../../src-shared/checkpointContract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { singularValues } from '../analysis/singularValues.ts'
import { readTensor, type FileNode, type OpenedFile, type TensorNode } from './files/openedFile.ts'
import { tensorNumbers } from './files/tensorView.ts'
import { nirTensors } from './networks/nir/nirNetwork.ts'
import { findStateDict } from './networks/stateDict.ts'

/** Singular values take a cubic number of steps; of larger matrices they would take minutes. */
const largestSide = 512

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

function change(name: string, first: Numbers, second: Numbers, equal: boolean): TensorChange {
  let [dot, aa, bb, squares, most] = [0, 0, 0, 0, 0]
  for (let i = 0; i < first.values.length; i++) {
    const [a, b] = [first.values[i], second.values[i]]
    dot += a * b
    aa += a * a
    bb += b * b
    squares += (a - b) ** 2
    most = Math.max(most, Math.abs(a - b))
  }
  const distance = Math.sqrt(squares)
  const relative = aa > 0 ? distance / Math.sqrt(aa) : distance === 0 ? 0 : 1
  const cosine = aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 1
  return { name, shape: first.shape, equal, distance, relative, most, cosine }
}

interface Numbers {
  shape: number[]
  values: Float64Array
}

function spectraOf(name: string, first: Numbers, second: Numbers): CheckpointComparison['spectra'] {
  const rows = first.shape[0] ?? 1
  const columns = elementCount(first.shape.slice(1))
  const side = Math.min(rows, columns)
  if (side > largestSide)
    throw new SpikedeskError('tensor.spectrum', { tensor: name, side, limit: largestSide })
  const difference = first.values.map((value, i) => value - second.values[i])
  const of = (values: Float64Array) => singularValues(values, rows, columns)
  return { name, first: of(first.values), second: of(second.values), difference: of(difference) }
}

/**
 * Compares the tensors of two files by name. `spectra` names the tensor whose singular values are wanted too.
 * Throws `tensor.unknown`, `tensor.large`, `tensor.spectrum`, `file.damaged`.
 */
export function compareCheckpoints(
  a: OpenedFile,
  b: OpenedFile,
  spectra: string | null,
): CheckpointComparison {
  const [first, second] = [tensorsOf(a), tensorsOf(b)]
  const result: CheckpointComparison = {
    changes: [],
    onlyFirst: [...first.keys()].filter((name) => !second.has(name)),
    onlySecond: [...second.keys()].filter((name) => !first.has(name)),
    differentShapes: [],
    spectra: null,
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
    result.changes.push(change(name, one, two, equal))
    if (name === spectra) result.spectra = spectraOf(name, one, two)
  }
  if (spectra !== null && !result.spectra) {
    throw new SpikedeskError('tensor.unknown', { path: a.path, tensor: spectra })
  }
  return result
}
