import { describe, expect, it } from 'vitest'
import { panned, zoomed } from '../../../../src-renderer/charts/heatMapWindow.ts'
import { pictureShapes } from '../../../../src-renderer/views/inspector/contents/pictureShapes.ts'
import {
  elementIndex,
  firstSlice,
  sliceSize,
  turned,
  useOf,
  withUse,
} from '../../../../src-renderer/views/inspector/contents/slices.ts'
import { firstOpen, treeLines } from '../../../../src-renderer/views/inspector/contents/treeLines.ts'
import type { TreeRow } from '../../../../src-shared/fileTree.ts'

const row = (path: string[], kind: TreeRow['kind'] = 'scalar', text = ''): TreeRow => ({
  ...{ path, kind, type: kind, shape: null, device: '', count: 0, text, open: true },
})
const rows = [
  row([], 'dict'),
  row(['model'], 'dict'),
  row(['model', 'fc1.weight'], 'tensor'),
  row(['model', 'lif1'], 'dict'),
  row(['model', 'lif1', 'beta'], 'scalar', '0.95'),
  row(['epoch'], 'scalar', '7'),
]
const labels = (open: Set<string>, query = '') => treeLines(rows, open, query).map(({ label }) => label)

describe('the lines of a tree', () => {
  it('are those whose parents are open', () => {
    expect(labels(new Set())).toEqual([''])
    expect(labels(new Set(['']))).toEqual(['', 'model', 'epoch'])
    expect(labels(new Set(['', 'model']))).toEqual(['', 'model', 'fc1.weight', 'lif1', 'epoch'])
    const model = treeLines(rows, new Set(['']), '')[1]
    expect(model).toMatchObject({ depth: 1, branch: true, expanded: false, index: 1 })
  })

  it('are with a query those that match by name or value, and those above them', () => {
    expect(labels(new Set(), 'BETA lif')).toEqual(['', 'model', 'lif1', 'beta'])
    expect(labels(new Set(), '0.95')).toEqual(['', 'model', 'lif1', 'beta'])
    expect(labels(new Set(), 'nothing')).toEqual([])
  })

  it('open as deep as about two hundred lines reach, and the root always', () => {
    expect(labels(firstOpen(rows))).toHaveLength(6)
    const wide = [row([], 'dict'), ...Array.from({ length: 5000 }, (_, i) => row([String(i)]))]
    expect(treeLines(wide, firstOpen(wide), '')).toHaveLength(5001)
    const deep = Array.from({ length: 300 }, (_, i) => [row([`l${i}`], 'dict'), row([`l${i}`, 'w'])]).flat()
    const both = [row([], 'dict'), ...deep]
    expect(treeLines(both, firstOpen(both), '')).toHaveLength(301)
  })
})

describe('a slice', () => {
  it('begins as the first axis by all others, a vector as one row', () => {
    expect(firstSlice([4, 3, 2])).toEqual({ rows: [0], columns: [1, 2], at: [0, 0, 0] })
    expect(firstSlice([9])).toEqual({ rows: [], columns: [0], at: [0] })
    expect(firstSlice([])).toEqual({ rows: [], columns: [], at: [] })
    expect(sliceSize([4, 3, 2], firstSlice([4, 3, 2]))).toEqual({ rows: 4, columns: 6 })
  })

  it('uses each axis once, in the order of the tensor', () => {
    const slice = withUse(withUse(firstSlice([4, 3, 2]), 0, 'one'), 2, 'rows')
    expect(slice).toEqual({ rows: [2], columns: [1], at: [0, 0, 0] })
    expect([0, 1, 2].map((axis) => useOf(slice, axis))).toEqual(['one', 'columns', 'rows'])
    expect(withUse(slice, 0, 'rows').rows).toEqual([0, 2])
    expect(turned(slice)).toEqual({ rows: [1], columns: [2], at: [0, 0, 0] })
  })

  it('knows the indices of its elements', () => {
    expect(elementIndex([4, 3, 2], firstSlice([4, 3, 2]), 3, 5)).toEqual([3, 2, 1])
    expect(elementIndex([4, 3, 2], { rows: [1], columns: [2], at: [2, 0, 0] }, 1, 1)).toEqual([2, 1, 1])
  })
})

describe('the shapes of pictures', () => {
  it('are the kernels of a convolution, squares of rows, else the nearest to a square', () => {
    expect(pictureShapes([16, 2, 5, 3])).toEqual([[5, 3]])
    expect(pictureShapes([100, 784])[0]).toEqual([28, 28])
    expect(pictureShapes([10, 2312])[0]).toEqual([34, 34])
    expect(pictureShapes([10, 12])[0]).toEqual([2, 2])
    expect(pictureShapes([10, 6])).toContainEqual([2, 3])
    expect(pictureShapes([])).toEqual([])
    expect(pictureShapes([0, 4])).toEqual([])
  })
})

describe('the window of a heat map', () => {
  const limits = { rows: 100, columns: 50 }
  const all = { row: 0, column: 0, ...limits }

  it('zooms about the point under the pointer and never past the matrix', () => {
    const half = zoomed(all, limits, { x: 1, y: 0 }, 0.5)
    expect(half).toEqual({ row: 0, column: 25, rows: 50, columns: 25 })
    expect(zoomed(half, limits, { x: 0, y: 0 }, 100)).toEqual(all)
    const one = { row: 3, column: 3, rows: 1, columns: 1 }
    expect(zoomed(one, limits, { x: 0.5, y: 0.5 }, 0.8)).toEqual(one)
    expect(zoomed(one, limits, { x: 0.5, y: 0.5 }, 1.25)).toMatchObject({ rows: 2, columns: 2 })
  })

  it('moves as far as the matrix goes', () => {
    const part = { row: 10, column: 10, rows: 20, columns: 20 }
    expect(panned(part, limits, { rows: -50, columns: 5 })).toEqual({ ...part, row: 0, column: 15 })
    expect(panned(part, limits, { rows: 500, columns: 500 })).toEqual({ ...part, row: 80, column: 30 })
  })
})
