import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { heatMap, matrixView } from '../../../../src-main/analysis/matrixView.ts'
import { openCheckpointFile } from '../../../../src-main/checkpoints/files/open.ts'
import { RecentTensors } from '../../../../src-main/checkpoints/files/recentTensors.ts'
import { tensorAt } from '../../../../src-main/checkpoints/files/tensorNumbers.ts'
import { treeRows } from '../../../../src-main/checkpoints/files/treeRows.ts'

/** Files as large as people have them, made with holes so that they take no room on the disk. */

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'spikedesk-large-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function sparse(name: string, tensors: number, rows: number, columns: number): string {
  const bytes = rows * columns * 4
  const header: Record<string, unknown> = {}
  for (let i = 0; i < tensors; i++) {
    const place = [i * bytes, (i + 1) * bytes]
    header[`layers.${i}.weight`] = { dtype: 'F32', shape: [rows, columns], data_offsets: place }
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const path = join(folder, name)
  const file = openSync(path, 'w')
  const length = new DataView(new ArrayBuffer(8))
  length.setBigUint64(0, BigInt(text.length), true)
  writeSync(file, new Uint8Array(length.buffer))
  writeSync(file, text)
  ftruncateSync(file, 8 + text.length + tensors * bytes)
  closeSync(file)
  return path
}

/** Processor time of the quickest of a few goes, in milliseconds; other work on the machine does not count. */
function quickest(work: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const begun = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

test('a file of a gigabyte lists its tree within a second and reads one tensor when it is looked at', () => {
  const path = sparse('gigabyte.safetensors', 256, 1024, 1024)
  let rows = 0
  const milliseconds = quickest(() => {
    const file = openCheckpointFile(path)
    rows = treeRows(file.root).length
    file.close()
  })
  expect(rows).toBe(257)
  expect(milliseconds).toBeLessThan(1000)
  const file = openCheckpointFile(path)
  const node = tensorAt(file, ['layers.255.weight'])
  const numbers = new RecentTensors().numbers(file, node)
  expect(numbers?.count).toBe(2 ** 20)
  const whole = { row: 0, column: 0, rows: 1024, columns: 1024 }
  const matrix = matrixView(node.shape, { rows: [0], columns: [1], at: [0, 0] })
  expect(numbers && heatMap(numbers, matrix, whole, 64).values.every((value) => value === 0)).toBe(true)
  file.close()
})

test('a file of fifty thousand tensors lists all of them within a second', () => {
  const path = sparse('many.safetensors', 50_000, 2, 2)
  let rows = 0
  const milliseconds = quickest(() => {
    const file = openCheckpointFile(path)
    rows = treeRows(file.root).length
    file.close()
  })
  expect(rows).toBe(50_001)
  expect(milliseconds).toBeLessThan(1000)
})

test('of the tensors that were looked at only so many bytes are kept', () => {
  const path = sparse('kept.safetensors', 5, 4096, 8192)
  const file = openCheckpointFile(path)
  const recent = new RecentTensors()
  const nodes = [0, 1, 2].map((i) => tensorAt(file, [`layers.${i}.weight`]))
  const [first, second] = nodes.map((node) => recent.bytes(file, node))
  expect(recent.bytes(file, nodes[1]) === second).toBe(true)
  expect(recent.bytes(file, nodes[0]) === first).toBe(false)
  file.close()
})
