import { SpikedeskError } from '../../../src-shared/errors/index.ts'

/** 1 at the class of each label, `[B,C]`. Throws `engine.label`. */
export function oneHot(labels: Uint8Array, classes: number): Float32Array {
  const out = new Float32Array(labels.length * classes)
  labels.forEach((label, b) => {
    if (label >= classes) {
      throw new SpikedeskError('engine.label', { found: label, wanted: classes, last: classes - 1 })
    }
    out[b * classes + label] = 1
  })
  return out
}
