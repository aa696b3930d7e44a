import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Events of 5 bytes as N-MNIST has them: a bar that crosses a sensor of 34 × 34 pixels in 300 ms. */
export function barEvents(count: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(5 * count)
  for (let i = 0; i < count; i++) {
    const t = Math.floor((300_000 * i) / count)
    const x = Math.floor((34 * i) / count)
    const y = (i * 7 + seed) % 34
    bytes.set([x, y, ((i % 3 === 0 ? 0 : 1) << 7) | (t >>> 16), (t >>> 8) & 255, t & 255], 5 * i)
  }
  return bytes
}

interface EventFolder {
  classes: number
  /** Recordings of a class in each split. */
  each: number
  /** Of a recording. */
  events: number
  /** Recordings of the first class that break off in the middle of an event. */
  damaged?: number
}

/** A folder of recordings by class, `Train/a/00000.bin`. Those of a class are one file, linked. */
export function writeEventFolder(
  folder: string,
  { classes, each, events, damaged = 0 }: EventFolder,
): string {
  mkdirSync(folder, { recursive: true })
  for (let label = 0; label < classes; label++) {
    const whole = join(folder, `.${label}`)
    writeFileSync(whole, barEvents(events, label))
    for (const split of ['Train', 'Test']) {
      const place = join(folder, split, 'abcdefghij'[label])
      mkdirSync(place, { recursive: true })
      for (let i = 0; i < each; i++) {
        const name = join(place, `${String(i).padStart(5, '0')}.bin`)
        if (label === 0 && split === 'Train' && i < damaged)
          writeFileSync(name, barEvents(events).subarray(0, -3))
        else linkSync(whole, name)
      }
    }
  }
  return folder
}
