import { utilityProcess } from 'electron'
import type { ServerMessage } from '../../src-shared/contract.ts'
import type { ForkCompute } from '../workbench/computeProcess.ts'

const keptOfStderr = 2000

/** What ended a process, in words: its last words, else its exit code. */
function reasonOf(code: number, lastWords: string): string {
  const line = lastWords.trimEnd().split('\n').at(-1)
  return line ? `exit code ${code}: ${line}` : `exit code ${code}`
}

/** Forks compute processes as utility processes of Electron; `entry` is the built `compute.ts`. */
export function utilityFork(entry: string): ForkCompute {
  return (workspaceFolder, role) => {
    const child = utilityProcess.fork(entry, [workspaceFolder], {
      serviceName: `Spikedesk ${role}`,
      stdio: ['ignore', 'inherit', 'pipe'],
    })
    let lastWords = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-keptOfStderr)
    })
    return {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => child.on('message', (message: ServerMessage) => listener(message)),
      onExit: (listener) => child.once('exit', (code) => listener(reasonOf(code, lastWords))),
      kill() {
        // child.kill() asks with SIGTERM, which a compute process leaves to its parent's judgement.
        try {
          if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
        } catch {
          child.kill()
        }
      },
    }
  }
}
