import type { FileToOpen } from '../../src-shared/fileScreens.ts'
import { go } from '../router.ts'
import { useAddingStore } from '../stores/adding.ts'
import { useInspectorStore } from '../stores/inspector.ts'

/** Shows a file that the host was given: a dataset is added, a checkpoint looked into. */
export function openGiven({ screen, path }: FileToOpen): void {
  if (screen === 'data') {
    go('data')
    void useAddingStore().add({ kind: 'path', path })
    return
  }
  const inspector = useInspectorStore()
  if (path === inspector.path) void inspector.open(path)
  go('inspector', { path })
}
