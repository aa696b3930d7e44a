import { describe, expect, it } from 'vitest'
import { unpickle } from '../../../../src-main/checkpoints/files/pickle/opcodes.ts'
import { callables } from '../../../../src-main/checkpoints/files/pickle/callables.ts'
import { nodeAt, type FileNode, type TensorNode } from '../../../../src-main/checkpoints/files/openedFile.ts'
import { treeRows } from '../../../../src-main/checkpoints/files/treeRows.ts'
import { dictOf } from '../../../../src-main/checkpoints/files/openedFile.ts'
import { tensorOver } from '../../../../src-main/checkpoints/files/pickle/torchCallables.ts'
import { dtypeNamed } from '../../../../src-main/containers/dtypes.ts'
import { opened, openedTorch, ramp, tensor, value } from '../trees.ts'

const host = {
  callables,
  persistent: () => {
    throw new Error('no storages here')
  },
}

function pickle(...parts: (string | number[])[]): FileNode {
  const bytes = parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part))
  return unpickle(Uint8Array.from(bytes), host).value
}

describe('a pickle', () => {
  it('gives containers, numbers and text of every protocol', () => {
    const root = pickle('(dp0\nS"a"\nI7\nsV\u00fc\n(lp1\nF0.5\naI01\naL123456789012345678901L\nas.')
    expect(nodeAt(root, ['a'])).toEqual({ kind: 'scalar', type: 'int', value: 7 })
    expect(nodeAt(root, ['ü', '2'])).toMatchObject({ value: 123456789012345678901n })
    expect(pickle([0x80, 4, 0x95, 9, 0, 0, 0, 0, 0, 0, 0], 'K', [255], '.')).toMatchObject({ value: 255 })
    expect(pickle('J', [0xfe, 0xff, 0xff, 0xff], '.')).toMatchObject({ value: -2 })
    expect(pickle([0x8a, 2, 0, 0x80], '.')).toMatchObject({ value: -32768 })
  })

  it('calls nothing but what its table knows', () => {
    expect(() => pickle('cos\nsystem\n(S"id"\ntR.')).toThrow(/wants "os.system" to be called/)
    expect(() => pickle([0x8c, 2], 'os', [0x8c, 6], 'system', [0x93], 'S"id"\n', [0x85], 'R.')).toThrow(
      /"os.system"/,
    )
    expect(() => pickle('(S"id"\nios\nsystem\n.')).toThrow(/forbidden opcode 105/)
  })

  it('keeps an object of another class as data', () => {
    const root = pickle([0x80, 2], 'c__main__\nNet\n)', [0x81], '}S"w"\nI3\nsb.')
    expect(root).toMatchObject({ kind: 'object', className: '__main__.Net' })
    expect(nodeAt(root, ['state'])).not.toBeNull()
  })

  it('reads the numbers and arrays of NumPy', () => {
    const dtype = 'cnumpy\ndtype\n(S"f8"\nI0\nI1\ntR(I3\nS"<"\nNNNI-1\nI-1\nI0\ntb'
    const scalar = pickle(
      `cnumpy.core.multiarray\nscalar\n(${dtype}c_codecs\nencode\n(V`,
      [0, 0, 0, 0, 0, 0, 0xf8, 0x3f],
      '\nS"latin1"\ntRtR.',
    )
    expect(scalar).toEqual({ kind: 'scalar', type: 'float', value: 1.5 })
    const array = pickle(
      `cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS"b"\ntR(I1\n(I2\nI1\nt${dtype.replace('f8', 'i2').replace('<', '>')}I00\nU`,
      [4, 0, 1, 0, 2],
      'tb.',
    ) as TensorNode
    expect(array).toMatchObject({ kind: 'tensor', shape: [2, 1] })
    expect([...array.read()]).toEqual([1, 0, 2, 0])
  })
})

describe('a file of torch.save', () => {
  it('gives back what was written, tensors bit for bit', () => {
    const bits = tensor('bfloat16', [3], Uint16Array.of(0x3f80, 0x7fc1, 0x8000))
    const file = openedTorch(
      dictOf([
        [
          'weights',
          dictOf([
            ['a', ramp(2, 3)],
            ['b', bits],
          ]),
        ],
        ['epoch', value(3)],
        ['best', value(0.25)],
        ['name', value('ü')],
        ['big', { kind: 'scalar', type: 'int', value: -(2n ** 70n) }],
        ['none', value(null)],
        ['list', { kind: 'list', type: 'list', items: [value(true), value(-70000)] }],
      ]),
    )
    expect(file.format).toBe('torch')
    const read = (path: string[]) => (nodeAt(file.root, path) as TensorNode).read()
    expect(read(['weights', 'a'])).toEqual(ramp(2, 3).read())
    expect(read(['weights', 'b'])).toEqual(bits.read())
    expect(
      treeRows(file.root)
        .filter(({ kind }) => kind === 'scalar')
        .map(({ text }) => text),
    ).toEqual(['3', '0.25', 'ü', String(-(2n ** 70n)), 'None', 'true', '-70000'])
  })

  it('honours strides and offsets, and refuses what reaches beyond the storage', () => {
    const bytes = new Uint8Array(Float32Array.from({ length: 6 }, (_, i) => i).buffer)
    const dtype = dtypeNamed('float32')
    const storage = {
      kind: 'storage' as const,
      dtype,
      device: 'cuda:0',
      count: 6,
      read: (from: number, length: number) => bytes.slice(from, from + length),
    }
    const over = (offset: number, shape: number[], strides: number[]) => [
      ...new Float32Array(tensorOver(storage, dtype, { offset, shape, strides }).read().buffer),
    ]
    expect(over(0, [3, 2], [1, 3])).toEqual([0, 3, 1, 4, 2, 5])
    expect(over(1, [2, 2], [2, 0])).toEqual([1, 1, 3, 3])
    expect(over(0, [0, 4], [4, 1])).toEqual([])
    expect(() => over(0, [3, 3], [3, 1])).toThrow(/reaches beyond its storage of 6 elements/)
    expect(() => over(0, [2 ** 60], [0])).toThrow(/more than can be held/)
    expect(() => over(0, [2 ** 60, 4], [1, 1])).toThrow(/reaches beyond/)
  })

  it('says what a file is that is no checkpoint', () => {
    expect(() => opened(new TextEncoder().encode('<html>'))).toThrow(/looks like a web page/)
    expect(() => opened(new Uint8Array())).toThrow(/wanted is a checkpoint/)
  })
})
