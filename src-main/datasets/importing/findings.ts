import type { FindingKind, ImportFinding } from '../../../src-shared/contract.ts'

/** So many samples are named of each kind. */
const namesLimit = 100

/** What an import found that is not as it should be, gathered by kind. */
export class Findings {
  readonly #found = new Map<string, ImportFinding>()

  note(kind: FindingKind, done: ImportFinding['done'], name: string, events = 0): void {
    const key = `${kind} ${done}`
    const finding = this.#found.get(key) ?? { kind, done, samples: 0, events: 0, names: [] }
    finding.samples++
    finding.events += events
    if (finding.names.length < namesLimit) finding.names.push(name)
    this.#found.set(key, finding)
  }

  list(): ImportFinding[] {
    return [...this.#found.values()]
  }
}
