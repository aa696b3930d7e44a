import { describe, expect, it } from 'vitest'
import { box, layOut } from '../../../../src-renderer/views/inspector/network/diagramLayout.ts'

type Edge = [from: string, to: string]

const column = (x: number) => (x - box.margin) / (box.width + box.gapX)

function drawn(ids: string[], edges: Edge[]) {
  const layout = layOut(ids, edges)
  return {
    columns: Object.fromEntries(layout.nodes.map(({ id, x }) => [id, column(x)])),
    ways: layout.wires.map(({ from, to, way }) => `${from} ${way} ${to}`),
    layout,
  }
}

describe('the drawing of a network', () => {
  it('goes from left to right', () => {
    const { columns, ways } = drawn(
      ['in', 'fc', 'lif'],
      [
        ['in', 'fc'],
        ['fc', 'lif'],
      ],
    )
    expect(columns).toEqual({ in: 0, fc: 1, lif: 2 })
    expect(ways).toEqual(['in next fc', 'fc next lif'])
  })

  it('leads a skip over what it passes, and branches side by side', () => {
    const skip = drawn(
      ['a', 'b', 'c'],
      [
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ],
    )
    expect(skip.ways).toContain('a skip c')
    const branches = drawn(
      ['a', 'b', 'c', 'd'],
      [
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'd'],
        ['c', 'd'],
      ],
    )
    expect(branches.columns).toEqual({ a: 0, b: 1, c: 1, d: 2 })
    const rows = branches.layout.nodes.map(({ y }) => y)
    expect(rows[1]).not.toBe(rows[2])
  })

  it('shows circles as wires that lead back, also of one node', () => {
    const { ways, columns } = drawn(
      ['in', 'lif', 'w', 'out'],
      [
        ['in', 'lif'],
        ['lif', 'w'],
        ['w', 'lif'],
        ['lif', 'out'],
      ],
    )
    expect(ways).toContain('w back lif')
    expect(columns.out).toBe(2)
    expect(drawn(['a'], [['a', 'a']]).ways).toEqual(['a back a'])
  })

  it('holds a circle without beginning, strangers and nothing at all', () => {
    expect(
      drawn(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ).ways,
    ).toEqual(['a next b', 'b back a'])
    expect(drawn(['a'], [['a', 'x']]).ways).toEqual([])
    expect(layOut([], []).nodes).toEqual([])
  })

  it('never lays two boxes on each other', () => {
    const ids = Array.from({ length: 24 }, (_, i) => `n${i}`)
    const edges = ids.flatMap((id, i): Edge[] =>
      [1, 2, 5].filter((step) => i + step < 24).map((step) => [id, `n${i + step}`]),
    )
    const places = layOut(ids, edges).nodes.map(({ x, y }) => `${x} ${y}`)
    expect(new Set(places).size).toBe(24)
  })
})
