import { fieldsOfPixel } from '../../../../../src-shared/sampleRoute.ts'
import { encodeSample } from '../../../../encoding/index.ts'
import { normalisedLevels } from '../../../../encoding/levels/greyLevels.ts'
import type { FrameBatch, ImageBatch, SampleBatch, ValueBatch } from '../../../executor.ts'
import type { EncodeOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'

/** The first step at work of a value, among those that it has in all. */
function firstRow(id: string, memory: Memory): number {
  return memory.value(id).time === 'static' ? 0 : memory.stretch.first
}

/** Takes values as they are given. */
export function takeValues(op: EncodeOp, memory: Memory, batch: ValueBatch): void {
  const output = memory.tensor(op.output)
  const first = firstRow(op.output, memory) * memory.batch * memory.width(op.output)
  output.set(batch.values.subarray(first, first + output.length))
}

/** Spreads sparse frames over zeros. */
export function takeFrames(op: EncodeOp, memory: Memory, { starts, places, values }: FrameBatch): void {
  const output = memory.tensor(op.output)
  const width = memory.width(op.output)
  const steps = memory.steps(op.output)
  const all = memory.value(op.output).time === 'static' ? 1 : memory.allSteps
  output.fill(0)
  for (let b = 0; b < memory.batch; b++) {
    for (let t = 0; t < steps; t++) {
      const frame = (t * memory.batch + b) * width
      const at = b * all + firstRow(op.output, memory) + t
      for (let i = starts[at]; i < starts[at + 1]; i++) output[frame + places[i]] = values ? values[i] : 1
    }
  }
}

/**
 * Encodes the samples of a batch, each from its own random stream.
 *
 * @param images bytes of the batch's own images, or of all that are bound
 */
export function encode(
  op: EncodeOp,
  memory: Memory,
  batch: SampleBatch | ImageBatch,
  images: Uint8Array,
  seed: number,
): void {
  if (op.encoding === 'given') throw new Error('a program of given values cannot encode samples')
  const settings = { kind: op.encoding, params: op.params }
  const output = memory.tensor(op.output)
  const width = memory.width(op.output)
  const steps = memory.steps(op.output)
  const first = firstRow(op.output, memory)
  const all = memory.value(op.output).time === 'static' ? 1 : memory.allSteps
  const size = width / fieldsOfPixel(op.encoding, op.params)
  const brightness = normalisedLevels(op.scale)
  batch.indices.forEach((sample, b) => {
    const place = batch.kind === 'images' ? b : sample
    const pixels = images.subarray(place * size, (place + 1) * size)
    const stream = { seed, phase: batch.split, sample, epoch: batch.epoch }
    const values = encodeSample(settings, pixels, all, stream, brightness)
    for (let t = 0; t < steps; t++) {
      const row = (first + t) * width
      output.set(values.subarray(row, row + width), (t * memory.batch + b) * width)
    }
  })
}
