import type { Window } from '../../../../../src-shared/model/window.ts'

/** Which output and input places of two maps a weight of a kernel joins: offsets in `[H',W']` and `[H,W]`. */
export type Taps = readonly (readonly { output: number; input: number }[])[]

/** The places that each weight `[K,K]` of a kernel joins; those in the padding are left out. */
export function tapsOf(window: Window): Taps {
  const weights = window.kernelHeight * window.kernelWidth
  return Array.from({ length: weights }, (_, weight) => {
    const ky = Math.floor(weight / window.kernelWidth)
    const kx = weight % window.kernelWidth
    const joined: { output: number; input: number }[] = []
    for (let oy = 0; oy < window.outputHeight; oy++) {
      const y = oy * window.strideY - window.paddingY + ky * window.dilationY
      if (y < 0 || y >= window.height) continue
      for (let ox = 0; ox < window.outputWidth; ox++) {
        const x = ox * window.strideX - window.paddingX + kx * window.dilationX
        if (x < 0 || x >= window.width) continue
        joined.push({ output: oy * window.outputWidth + ox, input: y * window.width + x })
      }
    }
    return joined
  })
}

/** Calls `visit` for every pair of an output and an input channel that see each other, with its kernel's place. */
export function eachPair(
  { channels, outputs }: Window,
  groups: number,
  visit: (output: number, input: number, kernel: number) => void,
): void {
  const inputs = channels / groups
  const share = outputs / groups
  for (let o = 0; o < outputs; o++) {
    const first = Math.floor(o / share) * inputs
    for (let i = 0; i < inputs; i++) visit(o, first + i, o * inputs + i)
  }
}

/** Elements of one map. */
export const inputPlaces = ({ height, width }: Window): number => height * width
export const outputPlaces = ({ outputHeight, outputWidth }: Window): number => outputHeight * outputWidth
