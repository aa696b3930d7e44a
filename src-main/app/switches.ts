import { app } from 'electron'

/** Every page runs in Chromium's sandbox, whatever its window asks for. Call before `ready`. */
export function setupSandbox(): void {
  app.enableSandbox()
}
