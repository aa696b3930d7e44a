import type { TreeRow } from '../../../../src-shared/fileTree.ts'

/** One line of the tree on screen. */
export interface TreeLine {
  /** The row's path in one text that no other row has. */
  key: string
  row: TreeRow
  /** Place of the row in the file. */
  index: number
  /** Last part of the path; empty for the root. */
  label: string
  depth: number
  /** Whether rows of its own follow it. */
  branch: boolean
  expanded: boolean
}

/** Lines that a tree opens with, if it can be had. */
const firstLines = 200

/** A path in one text, for sets and comparisons. */
export function pathKey(path: readonly string[]): string {
  return path.join('\n')
}

function hasRows(rows: readonly TreeRow[], index: number): boolean {
  return (rows[index + 1]?.path.length ?? 0) > rows[index].path.length
}

/**
 * What is open at first: the root, and then one depth after the other as long as all of its lines fit into about
 * two hundred.
 */
export function firstOpen(rows: readonly TreeRow[]): Set<string> {
  const open = new Set<string>()
  const counts: number[] = []
  for (const { path } of rows) counts[path.length] = (counts[path.length] ?? 0) + 1
  let depth = 0
  let lines = 1
  while (depth === 0 || (depth < counts.length && lines + (counts[depth + 1] ?? 0) <= firstLines)) {
    for (const [index, row] of rows.entries()) {
      if (row.path.length === depth && hasRows(rows, index)) open.add(pathKey(row.path))
    }
    lines += counts[++depth] ?? 0
  }
  return open
}

/** Keys of the rows in whose path or value every word occurs, and of all rows above them. */
function matching(rows: readonly TreeRow[], words: readonly string[]): Set<number> {
  const kept = new Set<number>()
  const above: number[] = []
  for (const [index, row] of rows.entries()) {
    above.length = row.path.length
    const text = `${row.path.join('.')} ${row.kind === 'scalar' ? row.text : ''}`.toLowerCase()
    if (row.path.length > 0 && words.every((word) => text.includes(word))) {
      kept.add(index)
      for (const parent of above) kept.add(parent)
    }
    above.push(index)
  }
  return kept
}

/**
 * The lines on screen: rows whose parents are all open. With a query, the rows that match it and those above them,
 * whatever is open.
 */
export function treeLines(rows: readonly TreeRow[], open: ReadonlySet<string>, query: string): TreeLine[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const kept = words.length > 0 ? matching(rows, words) : null
  const lines: TreeLine[] = []
  let shut = Infinity
  for (const [index, row] of rows.entries()) {
    const depth = row.path.length
    if (depth > shut) continue
    shut = Infinity
    if (kept && !kept.has(index)) continue
    const key = pathKey(row.path)
    const branch = hasRows(rows, index)
    const expanded = branch && (kept !== null || open.has(key))
    if (branch && !expanded) shut = depth
    lines.push({ key, row, index, label: row.path.at(-1) ?? '', depth, branch, expanded })
  }
  return lines
}
