import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PageServer } from '../../../src-main/serve/pageServer.ts'
import { forkCompute } from '../../../src-main/workbench/channels/childProcess.ts'
import { webSocketChannel } from '../../../src-main/workbench/channels/webSocket.ts'
import type { ComputeRole } from '../../../src-main/workbench/computeContract.ts'
import type { ComputeProcess } from '../../../src-main/workbench/computeProcess.ts'
import { Workbench } from '../../../src-main/workbench/workbench.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { findPreset } from '../../../src-shared/model/presets.ts'

/** A workbench behind a real server, with real compute processes that a test can get at. */
export interface TestHost {
  url: string
  folder: string
  workbench: Workbench
  /** The compute process that was last forked for each role. */
  processes: Map<ComputeRole, ComputeProcess>
  /** Called right after a message has gone to a compute process. */
  afterPost: (role: ComputeRole, name: string) => void
  close(): Promise<void>
}

export async function startHost(given?: string): Promise<TestHost> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'spikedesk-host-'))
  const processes = new Map<ComputeRole, ComputeProcess>()
  const workbench = new Workbench({
    host: 'browser',
    version: '0.0.0',
    workspace: folder,
    fork: (workspaceFolder, role) => {
      const process = forkCompute(workspaceFolder, role)
      processes.set(role, process)
      return {
        ...process,
        post(message) {
          process.post(message)
          host.afterPost(role, message.name)
        },
      }
    },
  })
  const server = new PageServer(new Map(), (socket) => workbench.connect(webSocketChannel(socket)))
  const url = await server.listen(0)
  const host: TestHost = {
    url,
    folder,
    workbench,
    processes,
    afterPost: () => undefined,
    async close() {
      await workbench.close()
      await server.close()
      if (!given) rmSync(folder, { recursive: true, force: true })
    },
  }
  return host
}

/** 80 digits through one layer of ten neurons, on the engine that needs nothing built. */
export function tinyExperiment(changes: Partial<ExperimentDocument> = {}): ExperimentDocument {
  const preset = findPreset('linear-lif-poisson')
  if (!preset) throw new Error('the preset is gone')
  return {
    ...preset.experiment,
    name: 'tiny',
    dataset: { id: 'digits', subset: 100, limit: 0 },
    timeSteps: 4,
    batchSize: 16,
    epochs: 2,
    engine: 'reference',
    threads: 1,
    ...changes,
  }
}
