import type { FoundSetting, TrainingRecord } from '../../../src-shared/contentsContract.ts'
import type { FileNode, OpenedFile } from '../files/openedFile.ts'
import { ownHistories } from './importNetwork.ts'
import { findStateDict } from './stateDict.ts'
import { findEvidence } from './trainingEvidence.ts'

/** More settings than somebody has chosen. */
const mostSettings = 2000
const deepest = 6
const longestText = 200

type Values = Pick<FoundSetting, 'type' | 'text'>

/** Settings of JSON texts, as they stand in the metadata of checkpoints. */
function jsonSettings(value: unknown, path: string[], take: (path: string[], found: Values) => void): void {
  if (path.length > deepest) return
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) jsonSettings(child, [...path, key], take)
  } else take(path, { type: value === null ? 'none' : typeof value, text: String(value) })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Single values outside of the state dict; of an optimizer only those of its parameter groups. */
function settingsIn(root: FileNode, stateDict: readonly string[] | null): FoundSetting[] {
  const found: FoundSetting[] = []
  const take = (path: string[], { type, text }: Values): void => {
    if (found.length < mostSettings) found.push({ path, type, text: text.slice(0, longestText) })
  }
  const walk = (node: FileNode, path: string[]): void => {
    if (path.length > deepest) return
    if (node.kind === 'scalar') {
      if (node.value instanceof Uint8Array) return
      take(path, { type: node.type, text: node.type === 'none' ? 'None' : String(node.value) })
    } else if (node.kind === 'dict') {
      const own = stateDict !== null && stateDict.join('\n') === path.join('\n')
      for (const [key, child] of node.entries) {
        if (own && child.kind !== 'dict') continue
        if (/optim/i.test(path.at(-1) ?? '') && key === 'state') continue
        walk(child, [...path, key])
      }
    } else if (node.kind === 'list') {
      if (path.at(-1) === 'param_groups') node.items.forEach((item, i) => walk(item, [...path, String(i)]))
      else if (path.includes('param_groups') && node.items.every(({ kind }) => kind === 'scalar')) {
        const values = node.items
          .slice(0, 32)
          .map((item) => (item.kind === 'scalar' ? String(item.value) : ''))
        take(path, { type: node.type, text: values.join(', ') })
      }
    } else if (node.kind === 'object' && node.state) walk(node.state, path)
  }
  walk(root, [])
  return found
}

/** Of a checkpoint of this program, whose metadata are JSON texts. */
function ownSettings(root: FileNode): FoundSetting[] {
  const metadata = root.kind === 'dict' ? root.entries.get('__metadata__') : undefined
  const experiment = metadata?.kind === 'dict' ? metadata.entries.get('experiment') : undefined
  const found: FoundSetting[] = []
  if (experiment?.kind !== 'scalar') return found
  jsonSettings(parsed(String(experiment.value)), ['experiment'], (path, value) => {
    if (path[1] !== 'model') found.push({ path, ...value })
  })
  return found
}

/** The settings and curves that stand in a file beside its weights. Throws `file.damaged`. */
export function trainingRecord(file: OpenedFile): TrainingRecord {
  switch (file.format) {
    case 'spikedesk':
      return { settings: ownSettings(file.root), histories: ownHistories(file.path) }
    case 'torch':
    case 'torch-legacy': {
      const stateDict = findStateDict(file.root)?.path ?? null
      const { histories } = findEvidence(file.root, stateDict ?? [])
      return { settings: settingsIn(file.root, stateDict), histories }
    }
    default:
      return { settings: settingsIn(file.root, null), histories: [] }
  }
}
