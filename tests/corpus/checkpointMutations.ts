import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { bytesOf } from '../../src-main/containers/fileBytes.ts'
import { openFileBytes } from '../../src-main/checkpoints/files/open.ts'
import { readTensor, type FileNode, type OpenedFile } from '../../src-main/checkpoints/files/openedFile.ts'
import { treeRows } from '../../src-main/checkpoints/files/treeRows.ts'
import { importNetwork, loadParameters } from '../../src-main/checkpoints/networks/importNetwork.ts'

/** Damages files at random, from a seed that can be given again. */

/** A generator of 32 random bits: mulberry32. */
export function randomBits(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

const extremes = [0, 1, 0x7f, 0x80, 0xff]

/** One damage after the other: changed bytes and words, cut ends, parts moved, doubled or taken out. */
export function damaged(whole: Uint8Array, random: () => number): Uint8Array {
  let bytes = whole.slice()
  for (let left = 1 + (random() % 4); left > 0 && bytes.length > 8; left--) {
    const at = random() % bytes.length
    switch (random() % 8) {
      case 0:
        bytes[at] ^= 1 << (random() % 8)
        break
      case 1:
        bytes[at] = random()
        break
      case 2:
        bytes[at] = extremes[random() % extremes.length]
        break
      case 3:
        bytes.fill(extremes[random() % extremes.length], at, at + 1 + (random() % 8))
        break
      case 4:
        bytes = bytes.slice(0, at)
        break
      case 5:
        bytes.copyWithin(at, random() % bytes.length, random() % bytes.length)
        break
      case 6:
        bytes = new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + (random() % 16))])
        break
      case 7:
        bytes = new Uint8Array([
          ...bytes.subarray(0, at),
          ...bytes.subarray(Math.max(0, at - (random() % 32))),
        ])
    }
  }
  return bytes
}

const codes = /^(file|network|checkpoint|safetensors|engine|model|field|loss)\./

/** What may come out: a result, or one of our sentences. */
function allowed(work: () => void): void {
  try {
    work()
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError) || !codes.test(thrown.code) || /\{\w+\}/.test(thrown.message))
      throw thrown
  }
}

function readAll(file: OpenedFile, node: FileNode): void {
  if (node.kind === 'tensor') {
    allowed(() => {
      const bytes = readTensor(file, node)
      if (bytes.length !== elementCount(node.shape) * node.dtype.bytes)
        throw new Error('a tensor of another size')
    })
  } else if (node.kind === 'dict') for (const child of node.entries.values()) readAll(file, child)
  else if (node.kind === 'list') node.items.forEach((child) => readAll(file, child))
  else if (node.kind === 'object' && node.state) readAll(file, node.state)
}

/** Does with a file all that is done with one: lists it, reads every tensor, makes its network. */
export function lookAt(bytes: Uint8Array): void {
  allowed(() => {
    const file = openFileBytes(bytesOf(bytes), '/somewhere/seed')
    treeRows(file.root)
    readAll(file, file.root)
    // A checkpoint of this program is read from its path, which there is none of.
    if (file.format !== 'spikedesk') allowed(() => loadParameters(file, importNetwork(file)))
  })
}
