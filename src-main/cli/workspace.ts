import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { digitEventsId } from '../datasets/camera/digitEvents.ts'
import { DatasetLibrary } from '../datasets/library.ts'
import { defaultWorkspaceFolder, Workspace } from '../runs/workspace.ts'
import { isActive } from '../training/states.ts'
import type { Arguments } from './arguments.ts'

/** The folder of `--workspace`, or the one that is taken without it. */
export function workspaceFolder(args: Arguments): string {
  const given = args.text('workspace')
  return given === undefined ? defaultWorkspaceFolder() : resolve(given)
}

/** Does something with the workspace while nobody else may write to it. */
export async function withWorkspace<Result>(
  args: Arguments,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const workspace = Workspace.open(workspaceFolder(args), { lock: true })
  try {
    return await work(workspace)
  } finally {
    workspace.close()
  }
}

/** Reads the runs of the workspace, whoever writes to it; null where there are none yet, and nothing is made. */
export async function withReadWorkspace<Result>(
  args: Arguments,
  work: (workspace: Workspace | null) => Promise<Result>,
): Promise<Result> {
  const folder = workspaceFolder(args)
  if (!existsSync(join(folder, 'workspace.db'))) return work(null)
  const workspace = Workspace.open(folder, { lock: false })
  try {
    if (workspace.store.list().some(({ state }) => isActive(state))) markInterrupted(folder)
    return await work(workspace)
  } finally {
    workspace.close()
  }
}

/** Marks runs that seem to go on although nobody holds the workspace: their process was killed. */
function markInterrupted(folder: string): void {
  try {
    Workspace.open(folder, { lock: true }).close()
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError) || thrown.code !== 'workspace.locked') throw thrown
  }
}

/**
 * The datasets of the workspace to read from; where there is no workspace, those that need none. One is made for the
 * digits as events, which are made in it.
 *
 * @param wanted id or path of the dataset that will be opened
 * @throws SpikedeskError `workspace.unwritable`
 */
export function openLibrary(args: Arguments, wanted?: string): DatasetLibrary {
  const folder = workspaceFolder(args)
  if (wanted === digitEventsId && !existsSync(folder)) Workspace.open(folder, { lock: true }).close()
  return new DatasetLibrary(existsSync(folder) ? folder : null)
}
