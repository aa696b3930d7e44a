/** What the page keeps for itself between two visits; the workspace holds everything else. */

/** Reads a value; null where there is none, or where it cannot be read. */
export function readStored(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(`spikedesk.${name}`) ?? 'null')
  } catch {
    return null
  }
}

/** Writes a value; a full or forbidden storage is no reason to stop anybody's work. */
export function writeStored(name: string, value: unknown): void {
  try {
    localStorage.setItem(`spikedesk.${name}`, JSON.stringify(value))
  } catch {
    return
  }
}
