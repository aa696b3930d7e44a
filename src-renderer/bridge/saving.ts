import { useBridge } from './index.ts'

/** Where the user wants a file of this name, by the host's dialogue; null is nowhere. */
export async function chooseTarget(name: string): Promise<string | null> {
  return (await useBridge().request('saving.choose', { name }))?.path ?? null
}

/** Saves a file through the host's dialogue, written whole or not at all; false where the user wants it nowhere. */
export async function saveThroughHost(name: string, content: Blob): Promise<boolean> {
  const path = await chooseTarget(name)
  if (path === null) return false
  const bytes = new Uint8Array(await content.arrayBuffer())
  await useBridge().request('saving.write', { path, bytes })
  return true
}
