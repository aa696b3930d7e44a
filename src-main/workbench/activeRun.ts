import type { RunSummary } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { isActive } from '../training/states.ts'

/** What is asked of a run that is being trained. */
export type RunWish = 'pause' | 'resume' | 'stop'

/** The one run that is being trained, as the workbench knows it. */
export class ActiveRun {
  private claimedBy: string | null = null
  private run: string | null = null
  private lastEnded: string | null = null

  /** Id of the run that is being trained; null where none is, or where it has no id yet. */
  get id(): string | null {
    return this.run
  }

  /** Takes the one place for a run called `name`; throws `training.busy` where it is taken. */
  claim(name: string): void {
    if (this.claimedBy !== null) throw new SpikedeskError('training.busy', { name: this.claimedBy })
    this.claimedBy = name
    this.lastEnded = null
  }

  /** Follows a change of a run. Changes may come before the answer to the request that started it. */
  changed(summary: RunSummary): void {
    if (this.claimedBy === null || (this.run !== null && this.run !== summary.id)) return
    if (isActive(summary.state)) {
      this.run = summary.id
      this.claimedBy = summary.name
    } else {
      if (this.run === summary.id) this.release()
      this.lastEnded = summary.id
    }
  }

  /** The run has started, or has even ended by now. */
  began(summary: RunSummary): void {
    if (this.lastEnded === summary.id) this.release()
    else this.run = summary.id
  }

  release(): void {
    this.claimedBy = null
    this.run = null
  }

  /** Throws `training.notActive` where `run` is not being trained; `wish` is what was to be done with it. */
  require(run: string, wish: RunWish): void {
    if (this.run !== run)
      throw new SpikedeskError('training.notActive', { run, wish: { phrase: `wish.${wish}` } })
  }
}
