/** Which screen opens a file that is given to the program: by a double click, a drop, or an argument. */

export type FileScreen = 'data' | 'inspector'

/** A file as the desktop hands it to its page. */
export interface FileToOpen {
  screen: FileScreen
  path: string
}

interface FileKind {
  endings: readonly string[]
  /** The screens that take such a file; the first does where none of them is on show. */
  screens: readonly [FileScreen, ...FileScreen[]]
}

/** What is not in this table, and every folder, is a dataset. */
export const fileKinds: readonly FileKind[] = [
  { endings: ['.pth', '.pt', '.ckpt', '.nir', '.safetensors'], screens: ['inspector'] },
  // Archives of NumPy hold images and events as well.
  { endings: ['.npz'], screens: ['inspector', 'data'] },
]

/** The screen for a file of this name or path; `shown` is the one that is on show. */
export function screenOfFile(name: string, shown?: string): FileScreen {
  const lower = name.toLowerCase()
  const kind = fileKinds.find(({ endings }) => endings.some((ending) => lower.endsWith(ending)))
  return kind?.screens.find((screen) => screen === shown) ?? kind?.screens[0] ?? 'data'
}
