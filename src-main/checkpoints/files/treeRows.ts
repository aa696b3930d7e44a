import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import type { TreeRow } from '../../../src-shared/fileTree.ts'
import type { FileNode, ListNode, ScalarNode } from './openedFile.ts'

/** Lists of more scalars than this stay closed: they are histories, which are plotted. */
const longestOpenList = 32
/** More rows than a file has that somebody saved. */
export const mostRows = 100_000
const longestText = 200

function scalarText({ type, value }: ScalarNode): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (type === 'none') return 'None'
  const text = String(value)
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}

function listText({ items }: ListNode): string {
  const shown = (node: FileNode | undefined) => (node?.kind === 'scalar' ? scalarText(node) : '')
  if (items.length === 0) return ''
  return items.length === 1 ? shown(items[0]) : `${shown(items[0])} … ${shown(items.at(-1))}`
}

function rowOf(path: string[], node: FileNode): TreeRow {
  const base = { path, kind: node.kind, shape: null, device: '', count: 0, text: '', open: false }
  switch (node.kind) {
    case 'dict':
      return { ...base, type: 'dict', count: node.entries.size, open: true }
    case 'list': {
      const long = node.items.length > longestOpenList && node.items.every(({ kind }) => kind === 'scalar')
      return {
        ...base,
        type: node.type,
        count: node.items.length,
        open: !long,
        text: long ? listText(node) : '',
      }
    }
    case 'scalar':
      return { ...base, type: node.type, text: scalarText(node) }
    case 'tensor': {
      const { dtype, shape, device } = node
      return { ...base, type: dtype.name, shape, device, count: elementCount(shape) }
    }
    case 'object':
      return { ...base, type: node.className, count: node.state ? 1 : 0, open: node.state !== null }
  }
}

function children(node: FileNode): [string, FileNode][] {
  if (node.kind === 'dict') return [...node.entries]
  if (node.kind === 'list') return node.items.map((item, i) => [String(i), item])
  return node.kind === 'object' && node.state ? [['state', node.state]] : []
}

/** All rows of a file's tree, parents before children; at most 100,000. */
export function treeRows(root: FileNode): TreeRow[] {
  const rows: TreeRow[] = []
  const walk = (node: FileNode, path: string[]): void => {
    if (rows.length >= mostRows) return
    const row = rowOf(path, node)
    rows.push(row)
    if (row.open) for (const [key, child] of children(node)) walk(child, [...path, key])
  }
  walk(root, [])
  return rows
}
