import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { EventRecording } from '../dataset.ts'
import { largestX, largestY } from '../packed/eventWords.ts'

/** Events as a file holds them, any numbers. Times are µs of any clock. */
export interface EventColumns {
  t: ArrayLike<number>
  x: ArrayLike<number>
  y: ArrayLike<number>
  /** 1 or true is ON; 0, -1 or false is OFF. */
  p: ArrayLike<number>
}

const longest = 2 ** 32

function requireWhole(
  file: string,
  column: string,
  values: ArrayLike<number>,
  least: number,
  last: number,
): void {
  for (let index = 0; index < values.length; index++) {
    const found = values[index]
    if (found >= least && found <= last && Number.isInteger(found)) continue
    const shown = Number.isFinite(found) ? found : String(found)
    throw new SpikedeskError('recording.value', { file, index, column, found: shown, last })
  }
}

/**
 * Times as whole µs from the start. A clock that began long ago, or after the recording, is set to the earliest
 * event; `always` sets it there in any case.
 * @throws SpikedeskError `recording.value` for what is no number, `recording.tooLong`
 */
export function startTimes(times: ArrayLike<number>, file: string, always = false): Uint32Array {
  let [least, largest] = [Infinity, -Infinity]
  for (let index = 0; index < times.length; index++) {
    const found = times[index]
    if (!Number.isFinite(found)) {
      const data = { file, index, column: 't', found: String(found), last: longest - 1 }
      throw new SpikedeskError('recording.value', data)
    }
    if (found < least) least = found
    if (found > largest) largest = found
  }
  const origin = always || least < 0 || largest >= longest ? least : 0
  if (largest - origin >= longest) {
    throw new SpikedeskError('recording.tooLong', { file, seconds: Math.round((largest - origin) / 1e6) })
  }
  return Uint32Array.from(times, (time) => time - origin)
}

/**
 * Checks columns and gives them the types of a recording; nothing is sorted or left out.
 * @throws SpikedeskError `recording.value`, `recording.tooLong`
 */
export function recordingOf({ t, x, y, p }: EventColumns, file: string): EventRecording {
  requireWhole(file, 'x', x, 0, largestX)
  requireWhole(file, 'y', y, 0, largestY)
  requireWhole(file, 'p', p, -1, 1)
  return {
    t: startTimes(t, file),
    x: Uint16Array.from(x),
    y: Uint16Array.from(y),
    p: Uint8Array.from(p, (polarity) => (polarity === 1 ? 1 : 0)),
  }
}
