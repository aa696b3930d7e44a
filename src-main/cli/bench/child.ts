import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fromErrorMessage, SpikedeskError, type ErrorMessage } from '../../../src-shared/errors/index.ts'
import { computeNode } from '../../workbench/channels/computeNode.ts'
import type { Measurement, MeasurementTask } from './measure.ts'

/** What the process of a measurement is asked and what it answers. */
export type ChildTask = { kind: 'measure'; task: MeasurementTask } | { kind: 'peak'; threads: number }
export type ChildAnswer =
  | { kind: 'measurement'; measurement: Measurement }
  | { kind: 'peak'; gflops: number | null }
  | { kind: 'failure'; error: ErrorMessage }

const program = fileURLToPath(new URL('./process.ts', import.meta.url))

/** Asks a fresh process one thing, so that memory and threads are its own. */
function ask(task: ChildTask): Promise<ChildAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], ...computeNode })
    let answer: ChildAnswer | null = null
    child.on('message', (message) => {
      answer = message as ChildAnswer
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (answer) resolve(answer)
      else reject(new SpikedeskError('bench.ended', { reason: signal ?? `exit code ${String(code)}` }))
    })
    child.send(task)
  })
}

function refuseFailure(answer: ChildAnswer): ChildAnswer {
  if (answer.kind === 'failure') throw fromErrorMessage(answer.error)
  return answer
}

/** Takes one figure in a process of its own. */
export async function measureInChild(task: MeasurementTask): Promise<Measurement> {
  const answer = refuseFailure(await ask({ kind: 'measure', task }))
  if (answer.kind === 'measurement') return answer.measurement
  throw new Error('the measuring process gave no measurement')
}

/** Peak rate of multiply-adds over some threads in GFLOP/s; null where the native addon is missing. */
export async function measurePeak(threads: number): Promise<number | null> {
  const answer = refuseFailure(await ask({ kind: 'peak', threads }))
  return answer.kind === 'peak' ? answer.gflops : null
}
