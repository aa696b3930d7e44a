import type { Split } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import type { SplitFile } from './layout.ts'

/** Labels are bytes. */
const classLimit = 256

/**
 * Throws `dataset.tooManyClasses`, and `dataset.classesMissing` where a split has no sample of a class, unless
 * problems are left out. Classes with too few samples for a share of them may be missing from the test split.
 */
export function requireClasses(
  path: string,
  files: readonly SplitFile[],
  classes: readonly string[],
  name: string,
  { problems }: ImportSettings,
): void {
  if (classes.length > classLimit)
    throw new SpikedeskError('dataset.tooManyClasses', { path, found: classes.length, limit: classLimit })
  if (problems !== 'refuse') return
  for (const split of ['train', 'test'] as const satisfies readonly Split[]) {
    const placed = files.filter((file) => file.split === split)
    const found = new Set(placed.map(({ label }) => label))
    if (found.size === 0 || found.size === classes.length) continue
    if (split === 'test' && !placed.every(({ ownSplit }) => ownSplit)) continue
    const missing = classes.filter((_, label) => !found.has(label)).join(', ')
    const data = {
      path,
      split: { phrase: `split.${split}` } as const,
      missing,
      name,
      classes: classes.length,
    }
    throw new SpikedeskError('dataset.classesMissing', data)
  }
}
