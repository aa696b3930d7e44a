import type { Session } from 'electron'

/** The page needs none of what Chromium asks permission for, so all of it is denied. */
export function setupPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
