import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Not called `require`: the desktop's bundler puts a constant of that name into its chunks. */
const requireHere = createRequire(import.meta.url)
let loaded: unknown = null
let found: unknown

/**
 * The folder of the addon: beside the sources, wherever this file was bundled to; `SPIKEDESK_ADDON` names another
 * build of it.
 */
function addonFolder(): string {
  const { SPIKEDESK_ADDON } = process.env
  if (SPIKEDESK_ADDON) return SPIKEDESK_ADDON
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'src-native', 'binding.gyp'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('the folder src-native is missing')
    folder = parent
  }
  return join(folder, 'src-native')
}

/**
 * What the C++ sources export, loaded once; each room says which part of it it knows.
 *
 * @throws Error where the addon is not built or does not load
 */
export function loadAddon<Exports>(): Exports {
  if (loaded === null) {
    const load = requireHere('node-gyp-build') as (folder: string) => unknown
    loaded = load(addonFolder())
  }
  return loaded as Exports
}

/** The same, tried once; null where it does not load, for what TypeScript can do too, if more slowly. */
export function addonIfAny<Exports>(): Exports | null {
  if (found === undefined) {
    try {
      found = loadAddon()
    } catch {
      found = null
    }
  }
  return found as Exports | null
}
