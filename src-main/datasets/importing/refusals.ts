import type { FindingKind } from '../../../src-shared/contract.ts'
import { SpikedeskError, type PhraseCode } from '../../../src-shared/errors/index.ts'
import type { Findings } from './findings.ts'
import type { ImportWatch } from './progress.ts'

const kinds: Record<FindingKind, PhraseCode> = {
  unreadable: 'problem.unreadable',
  empty: 'problem.empty',
  unsorted: 'problem.unsorted',
  outside: 'problem.outside',
  tooLong: 'problem.tooLong',
  size: 'problem.size',
  duplicated: 'problem.duplicated',
  dropped: 'problem.dropped',
  missing: 'problem.missing',
}

/** So many files are named in the sentence; the report of an import that goes on names more. */
const namedFiles = 5

/**
 * Gathers what was refused, so that an import that fails names everything at once. One problem is told in its own
 * sentence; several in one that counts them.
 */
export class Refusals {
  #first: SpikedeskError | null = null
  #count = 0

  add(thrown: unknown): void {
    if (!(thrown instanceof SpikedeskError)) throw thrown
    this.#first ??= thrown
    this.#count++
  }

  get any(): boolean {
    return this.#count > 0
  }

  /** Throws where anything was refused, and tells `watch` of all of it before. */
  end(path: string, total: number, findings: Findings, watch: ImportWatch): void {
    if (!this.#first) return
    const leftOut = findings.list().filter(({ done, kind }) => done === 'leftOut' && kind !== 'dropped')
    watch.refused?.({ path, samples: total, findings: leftOut })
    if (this.#count === 1) throw this.#first
    const names = leftOut.flatMap((finding) => finding.names)
    throw new SpikedeskError(
      'dataset.importProblems',
      {
        path,
        count: this.#count,
        total,
        first: names[0],
        kind: { phrase: kinds[leftOut[0].kind] },
        names: names.slice(0, namedFiles).join(', ') + (names.length > namedFiles ? ' …' : ''),
      },
      this.#first,
    )
  }
}
