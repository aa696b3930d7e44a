import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../src-main/containers/fileBytes.ts'
import { openFileBytes } from '../../src-main/checkpoints/files/open.ts'
import { nodeAt, type TensorNode } from '../../src-main/checkpoints/files/openedFile.ts'
import { zipParts } from '../../src-main/checkpoints/writers/zipWriter.ts'
import { joined } from '../main/checkpoints/trees.ts'
import { damaged, lookAt, randomBits } from './checkpointMutations.ts'
import { legacyFile, seedFiles } from './checkpointSeeds.ts'

/** Files made to do harm: each is refused in one sentence, quickly, and nothing of it is run. */

const path = '/somewhere/hostile.pth'

function text(words: string): number[] {
  return [...Buffer.from(words, 'latin1')]
}

function torchWith(pickle: number[], storages: Record<string, Uint8Array> = {}): Uint8Array {
  return joined(
    zipParts([
      { name: 'x/data.pkl', bytes: Uint8Array.from(pickle) },
      ...Object.entries(storages).map(([key, bytes]) => ({ name: `x/data/${key}`, bytes })),
    ]),
  )
}

function long8(value: bigint): number[] {
  return [0x8a, 8, ...new Uint8Array(BigInt64Array.of(value).buffer)]
}

const word = (name: string) => [...text('X'), name.length, 0, 0, 0, ...text(name)]

/** A tensor over storage `0` of `count` floats. */
function tensorPickle(count: bigint, offset: bigint, size: bigint, stride: bigint): number[] {
  const storage = [
    ...text('('),
    ...word('storage'),
    ...text('ctorch\nFloatStorage\n'),
    ...word('0'),
    ...word('cpu'),
  ]
  return [
    ...[0x80, 2, ...text('ctorch._utils\n_rebuild_tensor_v2\n(')],
    ...[...storage, ...long8(count), ...text('tQ'), ...long8(offset)],
    ...[...long8(size), 0x85, ...long8(stride), 0x85, 0x89, ...text(')tR.')],
  ]
}

/** Refused without a hang, and with little memory taken. */
function refusal(bytes: Uint8Array): string {
  const [start, before] = [performance.now(), process.memoryUsage().rss]
  let message = ''
  try {
    const file = openFileBytes(bytesOf(bytes), path)
    const node = nodeAt(file.root, [])
    if (node?.kind === 'tensor') (node as TensorNode).read()
  } catch (thrown) {
    message = (thrown as Error).message
  }
  expect(performance.now() - start).toBeLessThan(30_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(600 * 2 ** 20)
  expect(message.split('\n')).toHaveLength(1)
  return message
}

const sixteen = new Uint8Array(64)

describe('a hostile pickle', () => {
  it('that wants a command to be run is refused', () => {
    expect(refusal(torchWith(text('cos\nsystem\n(S"touch /tmp/harm"\ntR.')))).toMatch(
      /"os.system" to be called/,
    )
    expect(refusal(torchWith(text('cbuiltins\neval\n(S"1"\ntR.')))).toMatch(/"builtins.eval" to be called/)
    expect(refusal(torchWith(text('c__builtin__\ngetattr\n(S"a"\nS"b"\ntR.')))).toMatch(
      /"__builtin__.getattr"/,
    )
    expect(
      refusal(torchWith(text('ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\nN(S"x"\ntNtR.'))),
    ).toMatch(/"os.system"/)
    expect(refusal(torchWith([...text('(S"x"\nios\nsystem\n.')]))).toMatch(/forbidden opcode/)
  })

  it('of a million nested tuples, or of lists in a circle, is refused', () => {
    expect(refusal(torchWith([...text(')'), ...Array<number>(1_000_000).fill(0x85), ...text('.')]))).toMatch(
      /nested more than/,
    )
    expect(refusal(torchWith([...text(']q'), 0, ...text('h'), 0, ...text('a.')]))).toMatch(/in a circle/)
    expect(refusal(torchWith([...Array<number>(1_000_000).fill(0x28), ...text('.')]))).toMatch(
      /nested more than/,
    )
  })

  it('that doubles itself is refused', () => {
    const doubling = Array.from({ length: 40 }, (_, i) => [
      ...text('h'),
      i,
      ...text('h'),
      i,
      0x86,
      ...text('q'),
      i + 1,
    ]).flat()
    expect(refusal(torchWith([...text(']q'), 0, ...doubling, ...text('.')]))).toMatch(
      /more than 2000000 values/,
    )
  })

  it('of endless values or numbers is refused', () => {
    expect(refusal(torchWith([...text('('), ...Array<number>(5_000_000).fill(0x4e), ...text('t.')]))).toMatch(
      /more than 4000000 values/,
    )
    expect(refusal(torchWith([0x8b, 0xff, 0xff, 0xff, 0x7f, ...text('.')]))).toMatch(
      /whole number of more than/,
    )
    expect(refusal(torchWith([...text('X'), 0xff, 0xff, 0xff, 0xff, ...text('.')]))).toMatch(
      /ends in the middle/,
    )
  })

  it('with tensors beyond their storages is refused', () => {
    const pickle = (...numbers: [bigint, bigint, bigint, bigint]) =>
      torchWith(tensorPickle(...numbers), { 0: sixteen })
    expect(refusal(pickle(16n, 0n, 2n ** 60n, 1n))).toMatch(
      /ends in the middle or|valid|reaches beyond|other values/,
    )
    expect(refusal(pickle(16n, 0n, 2n ** 50n, 1n))).toMatch(/reaches beyond its storage/)
    expect(refusal(pickle(16n, 0n, 2n ** 50n, 0n))).toMatch(/more than can be held/)
    expect(refusal(pickle(16n, 10n, 8n, 1n))).toMatch(/reaches beyond its storage/)
    expect(refusal(pickle(2n ** 50n, 0n, 4n, 1n))).toMatch(/has 64 where/)
    expect(refusal(pickle(16n, 0n, 4n, -1n))).toMatch(/other values/)
    expect(refusal(torchWith(tensorPickle(16n, 0n, 4n, 1n)))).toMatch(/storage "0" of a tensor is missing/)
  })

  it('of a quantised tensor says so', () => {
    const pickle = tensorPickle(16n, 0n, 4n, 1n)
    const quantised = Buffer.from(pickle).toString('latin1').replace('FloatStorage', 'QUInt8Storage')
    expect(refusal(torchWith(text(quantised), { 0: sixteen }))).toMatch(/quantised tensor \(QUInt8Storage\)/)
  })
})

describe('a hostile zip', () => {
  const whole = torchWith(text('}.'), { 0: sixteen })
  const end = whole.length - 22

  it('whose directory is cut off or points elsewhere is refused', () => {
    expect(refusal(whole.slice(0, end))).toMatch(/zip directory is missing/)
    expect(refusal(whole.slice(0, whole.length - 60))).toMatch(/zip directory is missing/)
    const elsewhere = whole.slice()
    new DataView(elsewhere.buffer).setUint32(end + 16, 0x7fffffff, true)
    expect(refusal(elsewhere)).toMatch(/are wanted from byte|directory is damaged/)
    const many = whole.slice()
    new DataView(many.buffer).setUint16(end + 10, 60000, true)
    expect(refusal(many)).toMatch(/directory is damaged/)
  })

  it('whose entries overlap is refused', () => {
    const directory = new DataView(whole.buffer, whole.byteOffset).getUint32(end + 16, true)
    const overlapping = whole.slice()
    const view = new DataView(overlapping.buffer)
    const second = directory + 46 + view.getUint16(directory + 28, true)
    view.setUint32(second + 42, view.getUint32(directory + 42, true), true)
    expect(refusal(overlapping)).toMatch(/shares bytes with another/)
  })

  it('that is a bomb is refused', () => {
    const packed = deflateRawSync(new Uint8Array(50 * 2 ** 20))
    const bomb = joined(zipParts([{ name: 'a.npy', bytes: packed }]))
    const view = new DataView(bomb.buffer)
    const directory = view.getUint32(bomb.length - 6, true)
    view.setUint16(directory + 10, 8, true)
    view.setUint32(directory + 24, 0xfffffff0, true)
    expect(refusal(bomb)).toMatch(/claims 4294967280 bytes out of/)
    view.setUint32(directory + 24, 1000, true)
    expect(refusal(bomb)).toMatch(/cannot be unpacked/)
  })
})

describe('other hostile files', () => {
  it('a header of safetensors of a gigabyte is refused', () => {
    const header = new Uint8Array(64)
    new DataView(header.buffer).setBigUint64(0, 2n ** 30n, true)
    header[8] = 0x7b
    expect(refusal(header)).toMatch(/header claims 1073741824 bytes/)
  })

  it('an array of NumPy that claims more than it has is refused', () => {
    const head = text("{'descr': '<f4', 'fortran_order': False, 'shape': (1152921504606846976,), }")
    const file = Uint8Array.from([0x93, ...text('NUMPY'), 1, 0, head.length, 0, ...head])
    expect(refusal(file)).toMatch(/does not fill its/)
    const evil = text("{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,), }")
    expect(refusal(Uint8Array.from([0x93, ...text('NUMPY'), 1, 0, evil.length, 0, ...evil]))).toMatch(
      /is not one of NumPy/,
    )
  })

  it('links of HDF5 that run in a circle are refused', async () => {
    const { NIR: whole } = await seedFiles()
    // The address of the root group, in the superblock, also stands behind the name of its member.
    const circle = whole.slice()
    const view = new DataView(circle.buffer)
    const name = Buffer.from(circle).indexOf('node')
    view.setBigUint64(name + 'node'.length, view.getBigUint64(36, true), true)
    expect(refusal(circle)).toMatch(/in a circle/)
  })

  it('a file of old torch whose storages are cut off is refused', () => {
    const whole = legacyFile()
    expect(openFileBytes(bytesOf(whole), path).format).toBe('torch-legacy')
    expect(refusal(whole.slice(0, -1))).toMatch(/are wanted from byte/)
    const longer = whole.slice()
    longer[longer.length - 32] = 200
    expect(refusal(longer)).toMatch(/has 200 where 6 elements/)
  })
})

describe('a damaged file', () => {
  it('of any format opens or is refused, whatever was damaged', async () => {
    for (const whole of Object.values(await seedFiles())) {
      lookAt(whole)
      for (let i = 0; i < 500; i++) lookAt(damaged(whole, randomBits(i)))
    }
  })
})
