import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ServerMessage } from '../../../src-shared/contract.ts'
import type { ForkCompute } from '../computeProcess.ts'
import { computeNode } from './computeNode.ts'

const computeEntry = fileURLToPath(new URL('../../compute.ts', import.meta.url))
const keptOfStderr = 2000

/** What ended a process, in words: its last words, else its signal or exit code. */
function reasonOf(code: number | null, signal: string | null, lastWords: string): string {
  const ending = signal ? `signal ${signal}` : `exit code ${code}`
  const line = lastWords.trimEnd().split('\n').at(-1)
  return line ? `${ending}: ${line}` : ending
}

/** Forks a compute process of plain Node; typed arrays travel as they are. */
export const forkCompute: ForkCompute = (workspaceFolder) => {
  const child = fork(computeEntry, [workspaceFolder], {
    serialization: 'advanced',
    // What it prints must not get between the lines that the host prints for programs.
    stdio: ['ignore', process.stderr.fd, 'pipe', 'ipc'],
    ...computeNode,
  })
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-keptOfStderr)
  })
  return {
    post(message) {
      // A message that no longer arrives needs no error of its own: the exit is told.
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as ServerMessage)),
    onExit(listener) {
      child.on('error', (error) => {
        if (child.pid === undefined) listener(error.message)
      })
      child.once('close', (code, signal) => {
        if (child.pid !== undefined) listener(reasonOf(code, signal, lastWords))
      })
    },
    kill: () => child.kill('SIGKILL'),
  }
}
