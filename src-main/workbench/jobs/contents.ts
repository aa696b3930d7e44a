import { statSync } from 'node:fs'
import type { SliceValues, TensorFacts, TensorSlice } from '../../../src-shared/contentsContract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { heatMap, isSliceOf, matrixView, windowValues, type MatrixView } from '../../analysis/matrixView.ts'
import { sourceOf, type NumberSource } from '../../analysis/numberSource.ts'
import { histogram } from '../../analysis/tensorStatistics.ts'
import { writeFileAtomically } from '../../checkpoints/atomicFile.ts'
import { listNumbers, nodeText } from '../../checkpoints/files/nodeText.ts'
import type { OpenedFile, TensorNode } from '../../checkpoints/files/openedFile.ts'
import { RecentTensors } from '../../checkpoints/files/recentTensors.ts'
import { tensorFacts } from '../../checkpoints/files/tensorFacts.ts'
import { tensorAt } from '../../checkpoints/files/tensorNumbers.ts'
import { trainingRecord } from '../../checkpoints/networks/trainingRecord.ts'
import { requireNew } from '../../checkpoints/writers/requireNew.ts'
import { tensorFile, type TensorFile } from '../../checkpoints/writers/tensorFile.ts'
import type { ComputeJobs } from '../computeContract.ts'
import type { OpenFiles } from './openFiles.ts'

type Names = Extract<keyof ComputeJobs, `contents.${string}`>

function* partsOf({ parts, part }: TensorFile): Generator<Uint8Array> {
  for (let index = 0; index < parts; index++) yield part(index)
}

/** Shows what is in checkpoint files, value by value, and writes single tensors. */
export function contentsJobs(files: OpenFiles): Pick<ComputeJobs, Names> {
  const recent = new RecentTensors()
  const facts = new WeakMap<TensorNode, TensorFacts>()

  function numbersAt(path: string, tensor: readonly string[]): { node: TensorNode; numbers: NumberSource } {
    const file = files.get(path)
    const node = tensorAt(file, tensor)
    return { node, numbers: recent.numbers(file, node) ?? sourceOf([]) }
  }

  function factsAt(path: string, tensor: readonly string[]): TensorFacts {
    const file = files.get(path)
    const node = tensorAt(file, tensor)
    const known = facts.get(node) ?? tensorFacts(node, recent.numbers(file, node))
    facts.set(node, known)
    return known
  }

  function sliceAt(
    path: string,
    tensor: readonly string[],
    slice: TensorSlice,
  ): { matrix: MatrixView; numbers: NumberSource } {
    const file: OpenedFile = files.get(path)
    const node = tensorAt(file, tensor)
    if (!isSliceOf(node.shape, slice)) {
      const shape = node.shape.join('×')
      throw new SpikedeskError('tensor.slice', { tensor: tensor.join('.'), shape })
    }
    const numbers = recent.numbers(file, node)
    const none: MatrixView = { rows: 0, columns: 0, place: () => 0 }
    return { matrix: numbers ? matrixView(node.shape, slice) : none, numbers: numbers ?? sourceOf([]) }
  }

  function fileOf(path: string, tensor: readonly string[], format: 'npy' | 'csv'): TensorFile {
    const file = files.get(path)
    const node = tensorAt(file, tensor)
    return tensorFile(node, recent.bytes(file, node), format, tensor.join('.'))
  }

  return {
    'contents.tensor': ({ path, tensor }) => factsAt(path, tensor),
    'contents.histogram': ({ path, tensor, bins }) => {
      const { numbers } = numbersAt(path, tensor)
      const { min, max } = factsAt(path, tensor).statistics ?? { min: 0, max: 0 }
      return { min, max, counts: histogram(numbers, min, max, bins) }
    },
    'contents.values': ({ path, tensor, slice, ...window }): SliceValues => {
      const { matrix, numbers } = sliceAt(path, tensor, slice)
      const values = windowValues(numbers, matrix, window)
      return { allRows: matrix.rows, allColumns: matrix.columns, ...values }
    },
    'contents.heatMap': ({ path, tensor, slice, most, ...window }) => {
      const { matrix, numbers } = sliceAt(path, tensor, slice)
      return { allRows: matrix.rows, allColumns: matrix.columns, ...heatMap(numbers, matrix, window, most) }
    },
    'contents.pictures': ({ path, tensor, first, count, height, width }) => {
      const { numbers } = numbersAt(path, tensor)
      const total = Math.floor(numbers.count / (height * width))
      const shown = Math.max(0, Math.min(count, total - first))
      const values = new Float64Array(shown * height * width)
      numbers.read(first * height * width, values)
      return { total, first, count: shown, values: Float32Array.from(values) }
    },
    'contents.text': ({ path, at }) => nodeText(files.get(path), at),
    'contents.numbers': ({ path, at }) => listNumbers(files.get(path), at),
    'contents.training': ({ path }) => trainingRecord(files.get(path)),
    'contents.export': ({ path, tensor, format, to, overwrite }) => {
      if (!overwrite) requireNew([to])
      const file = fileOf(path, tensor, format)
      writeFileAtomically(to, partsOf(file))
      return { path: to, bytes: statSync(to).size, notes: file.notes }
    },
    'contents.filePart': ({ path, tensor, format, part: index }) => {
      const { parts, part } = fileOf(path, tensor, format)
      return { bytes: index < parts ? part(index).slice() : new Uint8Array(), parts }
    },
  }
}
