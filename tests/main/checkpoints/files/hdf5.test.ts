import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { File as Hdf5File, ready } from 'h5wasm/node'
import { numbersOf } from '../../../../src-main/containers/dtypes.ts'
import { openCheckpointFile } from '../../../../src-main/checkpoints/files/open.ts'
import {
  nodeAt,
  type OpenedFile,
  type TensorNode,
} from '../../../../src-main/checkpoints/files/openedFile.ts'
import { scratchFolder } from '../../runs/tinyRun.ts'

/** Files of the HDF5 library itself, read without it. */

const folder = scratchFolder()
const path = join(folder, 'library.h5')
const square = Float32Array.from({ length: 70 * 30 }, (_, i) => i * 0.5)
let file: OpenedFile

beforeAll(async () => {
  await ready
  const written = new Hdf5File(path, 'w')
  written.create_dataset({ name: 'text', data: 'tänzer' })
  written.create_dataset({ name: 'edges', data: ['a', 'b', 'long name', ''], shape: [2, 2], dtype: 'S' })
  written.create_dataset({ name: 'fixed', data: ['ab', 'cde'], shape: [2], dtype: 'S3' })
  written.create_dataset({ name: 'plain', data: square, shape: [70, 30] })
  written.create_dataset({ name: 'packed', data: square, shape: [70, 30], chunks: [16, 7], compression: 6 })
  written.create_dataset({ name: 'scalar', data: Float64Array.of(2.5), shape: [], dtype: '<d' })
  const many = written.create_group('many')
  for (let i = 0; i < 300; i++) many.create_dataset({ name: `member number ${i}`, data: Int32Array.of(i) })
  written.close()
  file = openCheckpointFile(path)
})

const numbers = (...at: string[]) => {
  const node = nodeAt(file.root, at) as TensorNode
  return [...(numbersOf(node.dtype, node.read()) ?? [])]
}

describe('an HDF5 file', () => {
  it('gives text of fixed and of any length', () => {
    expect(nodeAt(file.root, ['text'])).toMatchObject({ value: 'tänzer' })
    expect(nodeAt(file.root, ['edges', '1', '0'])).toMatchObject({ value: 'long name' })
    expect(nodeAt(file.root, ['fixed', '1'])).toMatchObject({ value: 'cde' })
  })

  it('gives arrays in one piece and in packed chunks', () => {
    expect(numbers('plain')).toEqual([...square])
    expect(numbers('packed')).toEqual([...square])
    expect(numbers('scalar')).toEqual([2.5])
  })

  it('gives the members of a group that keeps them in a heap', () => {
    const many = nodeAt(file.root, ['many'])
    expect(many?.kind === 'dict' ? many.entries.size : 0).toBe(300)
    expect(numbers('many', 'member number 299')).toEqual([299])
  })
})
