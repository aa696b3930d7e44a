import type { Batch } from './executor.ts'
import type { Program } from './program.ts'

/** Steps of what a program is given: 1 where its input is static. */
function inputSteps({ values, timeSteps }: Program): number {
  return values.find(({ role }) => role === 'input')?.time === 'sequence' ? timeSteps : 1
}

/** Sample `b` of a batch as a batch of its own. */
export function singleSample(program: Program, batch: Batch, b: number): Batch {
  if (batch.kind === 'samples') return { ...batch, indices: batch.indices.slice(b, b + 1) }
  const labels = batch.labels.slice(b, b + 1)
  if (batch.kind === 'images') {
    const size = batch.pixels.length / batch.labels.length
    const pixels = batch.pixels.slice(b * size, (b + 1) * size)
    return { ...batch, indices: batch.indices.slice(b, b + 1), pixels, labels }
  }
  if (batch.kind === 'values') {
    const steps = inputSteps(program)
    const width = batch.values.length / (steps * batch.labels.length)
    const values = new Float32Array(steps * width)
    for (let t = 0; t < steps; t++) {
      const at = (t * batch.labels.length + b) * width
      values.set(batch.values.subarray(at, at + width), t * width)
    }
    return { kind: 'values', values, labels }
  }
  const steps = (batch.starts.length - 1) / batch.samples
  const [from, end] = [batch.starts[b * steps], batch.starts[(b + 1) * steps]]
  return {
    kind: 'frames',
    samples: 1,
    starts: batch.starts.slice(b * steps, (b + 1) * steps + 1).map((start) => start - from),
    places: batch.places.slice(from, end),
    values: batch.values && batch.values.slice(from, end),
    labels,
  }
}
