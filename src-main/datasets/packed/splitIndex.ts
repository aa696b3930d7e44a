/**
 * The index of a split of recordings: `SPKDINDX`, version and number of recordings (u32 each), then for each
 * recording the byte at which it begins in the file of events (f64), its number of events (u32), the time from
 * its first to its last event (u32, µs), and its class (u8). Little-endian.
 */

const magic = 'SPKDINDX'
const version = 1
const headBytes = 16
const entryBytes = 17

/** What the index says of the recordings, `[count]` each. */
export interface SplitIndex {
  offsets: Float64Array
  eventCounts: Uint32Array
  durations: Uint32Array
  labels: Uint8Array
}

/** The bytes of an index. */
export function encodeIndex({ offsets, eventCounts, durations, labels }: SplitIndex): Uint8Array {
  const count = labels.length
  const bytes = Buffer.alloc(headBytes + entryBytes * count)
  bytes.write(magic, 'latin1')
  bytes.writeUInt32LE(version, 8)
  bytes.writeUInt32LE(count, 12)
  let at = headBytes
  for (const offset of offsets) at = bytes.writeDoubleLE(offset, at)
  for (const events of eventCounts) at = bytes.writeUInt32LE(events, at)
  for (const duration of durations) at = bytes.writeUInt32LE(duration, at)
  bytes.set(labels, at)
  return bytes
}

/** The index in `bytes`; null where they are none of this version, or of another length than they announce. */
export function decodeIndex(bytes: Buffer): SplitIndex | null {
  if (bytes.length < headBytes || bytes.toString('latin1', 0, 8) !== magic) return null
  if (bytes.readUInt32LE(8) !== version) return null
  const count = bytes.readUInt32LE(12)
  if (bytes.length !== headBytes + entryBytes * count) return null
  const offsets = new Float64Array(count)
  const eventCounts = new Uint32Array(count)
  const durations = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    offsets[i] = bytes.readDoubleLE(headBytes + 8 * i)
    eventCounts[i] = bytes.readUInt32LE(headBytes + 8 * count + 4 * i)
    durations[i] = bytes.readUInt32LE(headBytes + 12 * count + 4 * i)
  }
  return { offsets, eventCounts, durations, labels: Uint8Array.from(bytes.subarray(headBytes + 16 * count)) }
}
