import type { GraphView } from '../../../../src-shared/checkpointContract.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { FileNode } from '../../files/openedFile.ts'
import { circleFrom, readGraph, type NirGraph, type NirNode } from './graph.ts'
import { arrayOf, valuesOf } from './nodeValues.ts'

/** Larger graphs are no drawing that anybody could read. */
const mostNodes = 300

/** The arrays that say most about the size of a node, in this order. */
const telling = ['weight', 'scale', 'v_threshold', 'tau', 'tau_mem', 'r']

/** Shape of a node: that of its weight or of its neurons; of an input or output that of what passes; else null. */
function shapeOf(node: NirNode): number[] | null {
  if (node.type === 'Input' || node.type === 'Output') {
    const shape = arrayOf(node, 'shape')
    return shape && (shape.shape[0] ?? 1) <= 8 ? [...valuesOf(node, 'shape')] : null
  }
  const key = telling.find((name) => arrayOf(node, name) !== null)
  return key === undefined ? null : (arrayOf(node, key)?.shape ?? null)
}

function viewOf(graph: NirGraph): GraphView {
  const { nodes, edges } = graph
  if (nodes.size > mostNodes) return { count: nodes.size, nodes: [], edges: [] }
  return {
    count: nodes.size,
    nodes: [...nodes.values()].map((node) => ({
      name: node.name,
      type: shown(node.type),
      shape: shapeOf(node),
      circle: circleFrom(graph, node.name) !== null,
    })),
    edges,
  }
}

/** The graph of a NIR file as it stands there, also where no layers here can compute it; null where there is none. */
export function nirGraphView(root: FileNode): GraphView | null {
  const top = root.kind === 'dict' ? root.entries.get('node') : undefined
  if (!top) return null
  try {
    return viewOf(readGraph(top))
  } catch (thrown) {
    if (thrown instanceof FileProblem) return null
    throw thrown
  }
}
