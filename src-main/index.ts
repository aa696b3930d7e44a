import { app, session } from 'electron'
import { setupClosing } from './app/closing.ts'
import { MainWindow } from './app/mainWindow.ts'
import { setupMenu } from './app/menu.ts'
import { setupNavigation } from './app/navigation.ts'
import { setupNetwork } from './app/network.ts'
import { setupNotifications } from './app/notifications.ts'
import { OpenFiles, setupOpenFiles } from './app/openFiles.ts'
import { Openings } from './app/openings.ts'
import { setupPageChannel } from './app/pageChannel.ts'
import { setupPageProtocol, setupPageScheme } from './app/pageProtocol.ts'
import { setupFolders, shellPaths } from './app/paths.ts'
import { setupPermissions } from './app/permissions.ts'
import { setupPower } from './app/power.ts'
import { ShellClient } from './app/shellClient.ts'
import { Recents } from './app/recents.ts'
import { SaveDialog } from './app/saveDialog.ts'
import { setupSingleInstance } from './app/singleInstance.ts'
import { setupSandbox } from './app/switches.ts'
import { setupTaskbarProgress } from './app/taskbarProgress.ts'
import { openWorkbench } from './app/openWorkbench.ts'
import { defaultWorkspaceFolder } from './runs/workspace.ts'

/** Entry of the desktop program: what is set up, in the order in which it must be. */

setupFolders()
setupSandbox()
setupPageScheme()
setupNavigation()

const paths = shellPaths()
const window = new MainWindow(paths.preload, paths.state)
const files = new OpenFiles()
setupOpenFiles(files)

function start(): void {
  setupPermissions(session.defaultSession)
  setupNetwork(session.defaultSession)
  setupPageProtocol(session.defaultSession, paths.page)

  const workbench = openWorkbench(defaultWorkspaceFolder(), paths.compute, new SaveDialog(window))
  if (!workbench) return
  setupPageChannel(
    (channel) => workbench.connect(channel),
    (contents) => window.owns(contents),
  )
  const client = new ShellClient(workbench)
  setupPower(client)
  setupTaskbarProgress(client, window)
  setupNotifications(client, window)
  setupClosing(workbench, client, window)

  const recents = new Recents(paths.state)
  const openings = new Openings(client, window, recents)
  setupMenu(window, openings, recents)
  window.show()
  files.serve((path) => void openings.open(path))
}

if (setupSingleInstance(files, () => window.show())) void app.whenReady().then(start)
