import type { ImportProgress } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ImportWatch } from '../datasets/importing/progress.ts'
import { bytes, count, duration } from './figures.ts'
import { onInterrupt } from './interrupts.ts'
import type { Output } from './output.ts'

/** Where nothing can be redrawn, a line this often. */
const plainMilliseconds = 5000

function line(progress: ImportProgress): string {
  const { samples, totalSamples, bytes: done, totalBytes, bytesPerSecond, etaSeconds } = progress
  return [
    `${count(samples)} of ${count(totalSamples)}`,
    `${bytes(done)} of ${bytes(totalBytes)}`,
    `${bytes(bytesPerSecond)}/s`,
    `ETA ${etaSeconds === null ? '--' : duration(etaSeconds)}`,
  ].join('  ')
}

/**
 * Does something that takes long with a dataset, shows how far it is, and ends it on Ctrl-C, which leaves nothing
 * behind. Gives the result, or the exit code of the signal.
 */
export async function withProgress<Result>(
  output: Output,
  work: (watch: ImportWatch) => Promise<Result>,
): Promise<{ result: Result } | { exitCode: number }> {
  const controller = new AbortController()
  let interrupted: number | null = null
  let shownAt = performance.now()
  const release = onInterrupt((exitCode) => {
    interrupted = exitCode
    controller.abort()
  })
  const progress = (report: ImportProgress): void => {
    output.event('progress', report)
    if (output.live) output.redraw(line(report).slice(0, output.columns - 1))
    else if (performance.now() - shownAt > plainMilliseconds) {
      shownAt = performance.now()
      output.line(line(report))
    }
  }
  try {
    return { result: await work({ progress, signal: controller.signal }) }
  } catch (thrown) {
    if (interrupted === null || !(thrown instanceof SpikedeskError)) throw thrown
    output.redraw('')
    output.note(thrown.message)
    return { exitCode: interrupted }
  } finally {
    output.redraw('')
    release()
  }
}
