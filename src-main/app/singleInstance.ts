import { app } from 'electron'
import { pathArguments, type OpenFiles } from './openFiles.ts'
import { texts } from './texts/index.ts'

/**
 * One program at a time: a second start hands its files to the first, which comes to the front, and ends. Returns
 * whether this is the first.
 */
export function setupSingleInstance(files: OpenFiles, show: () => void): boolean {
  if (!app.requestSingleInstanceLock()) {
    console.log(texts().alreadyOpen)
    app.quit()
    return false
  }
  app.on('second-instance', (_event, argv, workingFolder) => {
    show()
    files.add(pathArguments(argv, workingFolder, app.getAppPath()))
  })
  return true
}
