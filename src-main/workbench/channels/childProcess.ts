import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ServerMessage } from '../../../src-shared/contract.ts'
import type { ForkCompute } from '../computeProcess.ts'

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
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: [],
  })
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-keptOfStderr)
  })
  return {
    post(message) {
      if (child.connected) child.send(message)
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as ServerMessage)),
    onExit(listener) {
      let told = false
      const tell = (reason: string) => {
        if (!told) listener(reason)
        told = true
      }
      child.once('error', (error) => tell(error.message))
      child.once('close', (code, signal) => tell(reasonOf(code, signal, lastWords)))
    },
    kill: () => child.kill('SIGKILL'),
  }
}
