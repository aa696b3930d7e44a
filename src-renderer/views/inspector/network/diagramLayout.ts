/** Where the boxes and wires of a network's drawing lie: from left to right in the order of computation. */

export const box = { width: 128, height: 64, gapX: 30, gapY: 12, lane: 13, margin: 10 } as const

export interface Placed {
  id: string
  x: number
  y: number
}

export interface Wire {
  from: string
  to: string
  /** `next` leads on, `skip` passes others by, `back` closes a circle. */
  way: 'next' | 'skip' | 'back'
  path: string
}

export interface Layout {
  width: number
  height: number
  nodes: Placed[]
  wires: Wire[]
}

type Edge = readonly [from: string, to: string]

/** Edges that lead back to where one came from, looking from the nodes in their order. */
function backEdges(ids: readonly string[], edges: readonly Edge[]): Set<Edge> {
  const back = new Set<Edge>()
  const done = new Set<string>()
  const open = new Set<string>()
  const leaving = (id: string) => edges.filter(([from]) => from === id)
  for (const start of ids) {
    const stack: { id: string; rest: Edge[] }[] = []
    const enter = (id: string): void => {
      open.add(id)
      stack.push({ id, rest: leaving(id) })
    }
    if (!done.has(start)) enter(start)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = top.rest.shift()
      if (!edge) {
        open.delete(top.id)
        done.add(top.id)
        stack.pop()
      } else if (open.has(edge[1])) back.add(edge)
      else if (!done.has(edge[1])) enter(edge[1])
    }
  }
  return back
}

/** Column of each node: one after the last of those that it reads. */
function columnsOf(ids: readonly string[], forward: readonly Edge[]): Map<string, number> {
  const columns = new Map(ids.map((id) => [id, 0]))
  for (let moved = true, turn = 0; moved && turn <= ids.length; turn++) {
    moved = false
    for (const [from, to] of forward) {
      const wanted = (columns.get(from) ?? 0) + 1
      if ((columns.get(to) ?? 0) >= wanted) continue
      columns.set(to, wanted)
      moved = true
    }
  }
  return columns
}

/** Row of each node: beside the first node that it reads where that is free, else the next free one. */
function rowsOf(ids: readonly string[], columns: ReadonlyMap<string, number>, forward: readonly Edge[]) {
  const rows = new Map<string, number>()
  const taken = new Set<string>()
  const ordered = [...ids].sort((a, b) => (columns.get(a) ?? 0) - (columns.get(b) ?? 0))
  for (const id of ordered) {
    const column = columns.get(id) ?? 0
    const before = forward.filter(([, to]) => to === id).map(([from]) => rows.get(from) ?? 0)
    let row = before.length > 0 ? Math.min(...before) : 0
    while (taken.has(`${column} ${row}`)) row++
    taken.add(`${column} ${row}`)
    rows.set(id, row)
  }
  return rows
}

/** The first lane that no other wire holds between two columns. */
class Lanes {
  private readonly lanes: [from: number, to: number][][] = []

  take(from: number, to: number): number {
    const free = this.lanes.findIndex((held) => held.every(([a, b]) => to <= a || from >= b))
    const lane = free < 0 ? this.lanes.length : free
    this.lanes[lane] = [...(this.lanes[lane] ?? []), [from, to]]
    return lane
  }

  get count(): number {
    return this.lanes.length
  }
}

/** A wire around others: up or down to a lane, along it, and back. */
function around(from: { x: number; y: number }, to: { x: number; y: number }, lane: number): string {
  const turn = Math.sign(lane - from.y) * 6
  const along = Math.sign(to.x - from.x) * 6
  return [
    `M${from.x} ${from.y}V${lane - turn}Q${from.x} ${lane} ${from.x + along} ${lane}`,
    `H${to.x - along}Q${to.x} ${lane} ${to.x} ${lane - turn}V${to.y}`,
  ].join('')
}

/** Lays out any graph, also with circles. Edges to unknown nodes are left out. */
export function layOut(ids: readonly string[], all: readonly Edge[]): Layout {
  const edges = all.filter(([from, to]) => ids.includes(from) && ids.includes(to))
  const back = backEdges(ids, edges)
  const forward = edges.filter((edge) => !back.has(edge))
  const columns = columnsOf(ids, forward)
  const rows = rowsOf(ids, columns, forward)
  const columnOf = (id: string): number => columns.get(id) ?? 0
  const rowOf = (id: string): number => rows.get(id) ?? 0
  const isSkip = ([from, to]: Edge): boolean =>
    columnOf(to) - columnOf(from) > 1 &&
    ids.some(
      (id) => rowOf(id) === rowOf(from) && columnOf(id) > columnOf(from) && columnOf(id) < columnOf(to),
    )
  const above = new Lanes()
  const below = new Lanes()
  const lanes = new Map<Edge, number>()
  for (const edge of edges) {
    const [from, to] = edge.map(columnOf)
    if (back.has(edge)) lanes.set(edge, below.take(Math.min(from, to) - 0.4, Math.max(from, to) + 0.4))
    else if (isSkip(edge)) lanes.set(edge, above.take(from, to))
  }
  const top = box.margin + above.count * box.lane
  const lastRow = Math.max(0, ...rows.values())
  const bottom = top + (lastRow + 1) * (box.height + box.gapY) - box.gapY
  const xOf = (id: string): number => box.margin + columnOf(id) * (box.width + box.gapX)
  const yOf = (id: string): number => top + rowOf(id) * (box.height + box.gapY)
  const wires = edges.map((edge): Wire => {
    const [from, to] = edge
    const lane = lanes.get(edge)
    const [third, half] = [box.width / 3, box.height / 2]
    if (back.has(edge)) {
      const y = bottom + ((lane ?? 0) + 1) * box.lane
      const start = { x: xOf(from) + 2 * third, y: yOf(from) + box.height }
      return {
        from,
        to,
        way: 'back',
        path: around(start, { x: xOf(to) + third, y: yOf(to) + box.height }, y),
      }
    }
    if (lane !== undefined) {
      const start = { x: xOf(from) + 2 * third, y: yOf(from) }
      return {
        from,
        to,
        way: 'skip',
        path: around(start, { x: xOf(to) + third, y: yOf(to) }, top - (lane + 1) * box.lane),
      }
    }
    const [x1, y1, x2, y2] = [xOf(from) + box.width, yOf(from) + half, xOf(to), yOf(to) + half]
    const middle = (x1 + x2) / 2
    return { from, to, way: 'next', path: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}` }
  })
  return {
    width: Math.max(0, ...ids.map((id) => xOf(id) + box.width)) + box.margin,
    height: bottom + below.count * box.lane + box.margin,
    nodes: ids.map((id) => ({ id, x: xOf(id), y: yOf(id) })),
    wires,
  }
}
