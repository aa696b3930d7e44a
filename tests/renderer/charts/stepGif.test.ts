import { expect, it } from 'vitest'
import { stepGif } from '../../../src-renderer/charts/stepGif.ts'

/** A ramp from black to white. */
const ramp = Uint8ClampedArray.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2))

/** Sizes and delays of the frames in the bytes of a GIF, read block by block. */
function framesOf(bytes: Uint8Array): { size: [number, number]; delays: number[] } {
  const word = (at: number) => bytes[at] | (bytes[at + 1] << 8)
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  const delays: number[] = []
  let at = 13 + table(bytes[10])
  const skipBlocks = () => {
    while (bytes[at] !== 0) at += bytes[at] + 1
    at++
  }
  while (bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) {
      if (bytes[at + 1] === 0xf9) delays.push(word(at + 4))
      at += 2
    } else {
      at += 10 + table(bytes[at + 9]) + 1
    }
    skipBlocks()
  }
  return { size: [word(6), word(8)], delays }
}

it('an animation has a frame for each step of the longest map, and a line between two', async () => {
  const checks = Uint8Array.from({ length: 6 }, (_, i) => i % 2)
  const map = { shape: [1, 2, 3] as const, mapOf: () => checks, max: 1 }
  const maps = [
    { ...map, timeSteps: 4 },
    { ...map, timeSteps: 2 },
  ]
  const bytes = await stepGif(maps, ramp, [200, 0, 0], 25)
  expect(String.fromCharCode(...bytes.subarray(0, 6))).toBe('GIF89a')
  // 2 rows at 140 pixels each; 2 maps of 3 columns and a line one pixel of the map wide.
  expect(framesOf(bytes)).toEqual({ size: [420 * 2 + 140, 280], delays: [4, 4, 4, 4] })
})

it('no frame is shorter than browsers show', async () => {
  const map = { shape: [2, 1, 1] as const, mapOf: () => [0, 1], timeSteps: 1, max: 1 }
  expect(framesOf(await stepGif([map], ramp, [0, 0, 0], 1000)).delays).toEqual([2])
})
