import { toErrorMessage } from '../../../src-shared/errors/index.ts'
import type { ChildAnswer, ChildTask } from './child.ts'

/** Entry of a process that takes one figure and ends. */

async function peak(threads: number): Promise<number | null> {
  const { nativeBackend } = await import('../../engine/backends/native/index.ts')
  if (nativeBackend.unavailable() !== null) return null
  const { peakGflops } = await import('../../engine/backends/native/addon.ts')
  return peakGflops(threads)
}

async function answerTo(message: ChildTask): Promise<ChildAnswer> {
  try {
    if (message.kind === 'peak') return { kind: 'peak', gflops: await peak(message.threads) }
    const { measure } = await import('./measure.ts')
    return { kind: 'measurement', measurement: await measure(message.task) }
  } catch (thrown) {
    return { kind: 'failure', error: toErrorMessage(thrown) }
  }
}

process.once('message', (message) => {
  void answerTo(message as ChildTask).then((answer) => process.send?.(answer, () => process.exit(0)))
})
