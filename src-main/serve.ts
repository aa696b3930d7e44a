import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SpikedeskError } from '../src-shared/errors/index.ts'
import { ensurePage } from './serve/buildPage.ts'
import { openBrowser } from './serve/openBrowser.ts'
import { readPageFiles } from './serve/pageFiles.ts'
import { PageServer } from './serve/pageServer.ts'
import { forkCompute } from './workbench/channels/childProcess.ts'
import { webSocketChannel } from './workbench/channels/webSocket.ts'
import { Workbench } from './workbench/workbench.ts'

/** The port that is tried first where none is asked for, so that an address in a bookmark bar stays right. */
export const defaultPort = 4870

const root = fileURLToPath(new URL('..', import.meta.url))

export interface ServeOptions {
  /** Port on 127.0.0.1; 0 takes any free one; null takes `defaultPort`, or any free one where it is in use. */
  port: number | null
  /** Folder of the workspace; made where it is missing. */
  workspace: string
  /** Whether to open the address in the browser. */
  open: boolean
  /** Is told, in one line each, of what takes a while. */
  say?(line: string): void
}

export interface ServedWorkbench {
  /** With the token: `http://127.0.0.1:4870/?token=…`. */
  url: string
  /** Stops a run that is being trained with a checkpoint, and ends everything. */
  close(): Promise<void>
}

async function listen(server: PageServer, port: number | null): Promise<string> {
  if (port !== null) {
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new SpikedeskError('host.port', { found: port })
    return server.listen(port)
  }
  return server.listen(defaultPort).catch((thrown: unknown) => {
    if (thrown instanceof SpikedeskError && thrown.code === 'host.portInUse') return server.listen(0)
    throw thrown
  })
}

function programVersion(): string {
  return (JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string }).version
}

/**
 * Serves the workbench to a browser on this machine: the page, and its channel over a WebSocket. Builds the page
 * first where it is missing or older than its sources.
 *
 * @throws SpikedeskError `host.portInUse`, `host.port`, `host.listen`, `host.noPage`, `host.pageBuild`,
 *   `workspace.locked`, `workspace.unwritable`
 */
export async function serve(options: ServeOptions): Promise<ServedWorkbench> {
  const say = options.say ?? ((line: string) => process.stderr.write(`${line}\n`))
  const workbench = new Workbench({
    host: 'browser',
    version: programVersion(),
    workspace: options.workspace,
    fork: forkCompute,
  })
  try {
    const files = readPageFiles(await ensurePage(root, say))
    const server = new PageServer(files, (socket) => workbench.connect(webSocketChannel(socket)))
    const url = await listen(server, options.port)
    if (options.open) openBrowser(url)
    return {
      url,
      async close() {
        await workbench.close()
        await server.close()
      },
    }
  } catch (thrown) {
    await workbench.close()
    throw thrown
  }
}
