import type { Split } from '../../../src-shared/contract.ts'
import type { TreeFile } from '../trees/tree.ts'

/** A recording or picture in a folder named by its class. */
export interface PlacedFile {
  file: TreeFile
  className: string
  /** Null where no folder above says it. */
  split: Split | null
}

const splitNames: readonly [RegExp, Split][] = [
  [/(^|[^a-z])train(ing)?([^a-z]|$)/i, 'train'],
  [/(^|[^a-z])test(ing)?([^a-z]|$)/i, 'test'],
]

/** The split that a folder or archive is named by: `Train`, `n-cars_test`. */
export function splitNamed(name: string): Split | null {
  return splitNames.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

/**
 * Where files stand in the usual layout, `[split/]class/file` with anything above. Files that lie in no folder,
 * or only in one that is named by a split, are none of it.
 */
export function placeFiles(files: readonly TreeFile[]): PlacedFile[] {
  return files.flatMap((file) => {
    const folders = file.name.split('/').slice(0, -1)
    const className = folders.pop()
    if (className === undefined || splitNamed(className) !== null) return []
    const split = folders.reduceRight<Split | null>((found, name) => found ?? splitNamed(name), null)
    return [{ file, className, split }]
  })
}

/** Class names in their order: by number where all are numbers, else by code units. */
export function sortClasses(names: Iterable<string>): string[] {
  const sorted = [...new Set(names)].sort()
  return sorted.every((name) => /^\d+$/.test(name)) ? sorted.sort((a, b) => Number(a) - Number(b)) : sorted
}

/** A placed file with its split settled. */
export interface SplitFile extends PlacedFile {
  split: Split
  label: number
  /** Whether a folder said the split. */
  ownSplit: boolean
}

/**
 * Gives every file its class index, and a split where no folder says it: the last `testShare` of each class is
 * the test split, ⌊share · count⌋ files in the order of their names.
 */
export function settleSplits(
  placed: readonly PlacedFile[],
  classes: readonly string[],
  testShare: number,
): SplitFile[] {
  const labels = new Map(classes.map((name, label) => [name, label]))
  const unsettled = new Array<number>(classes.length).fill(0)
  const labelOf = ({ className }: PlacedFile): number => labels.get(className) ?? 0
  for (const entry of placed) if (entry.split === null) unsettled[labelOf(entry)]++
  const met = new Array<number>(classes.length).fill(0)
  return placed.map((entry) => {
    const label = labelOf(entry)
    if (entry.split !== null) return { ...entry, split: entry.split, label, ownSplit: true }
    const training = unsettled[label] - Math.floor(unsettled[label] * testShare + 1e-9)
    return { ...entry, split: met[label]++ < training ? 'train' : 'test', label, ownSplit: false }
  })
}
