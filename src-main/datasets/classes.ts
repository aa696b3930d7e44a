import { SpikedeskError } from '../../src-shared/errors/index.ts'

/** Labels and the file they come from. */
export interface LabelFile {
  labels: Uint8Array
  file: string
}

/** Sets with at most so many classes need no further check: they may be small parts of a set of digits. */
const plausibleClasses = 10

/** Throws `dataset.labelRange` for the first label that is not below `classes`. */
export function requireClasses(files: readonly LabelFile[], classes: number): void {
  for (const { labels, file } of files) {
    const index = labels.findIndex((label) => label >= classes)
    if (index >= 0) {
      const label = labels[index]
      throw new SpikedeskError('dataset.labelRange', { file, label, index, classes, last: classes - 1 })
    }
  }
}

/**
 * Names `0` to the largest label, for a set whose classes have no known names. A label far beyond those that
 * occur (fewer than half of the classes up to it) is taken for damage.
 * @throws SpikedeskError `dataset.labelRange`
 */
export function numberedClasses(files: readonly LabelFile[]): string[] {
  const present = new Set<number>()
  for (const { labels } of files) for (const label of labels) present.add(label)
  const count = Math.max(...present) + 1
  if (count > plausibleClasses && present.size * 2 < count) {
    let occurring = plausibleClasses
    while (present.has(occurring)) occurring++
    requireClasses(files, occurring)
  }
  return Array.from({ length: count }, (_, label) => String(label))
}
