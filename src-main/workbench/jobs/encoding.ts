import { encoders, encodeSample } from '../../encoding/index.ts'
import { requireImages } from '../../datasets/subset.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import { samplePixels } from './datasets.ts'

/** Epochs count from 1; the preview shows what the first one gets. */
const firstEpoch = 1

/** Encodes single samples as the engines do. */
export function encodingJobs({ datasets }: Workspace): Pick<ComputeJobs, 'encoding.preview'> {
  return {
    'encoding.preview': async ({ id, split, index, encoding, timeSteps, seed }) => {
      const dataset = requireImages(await datasets.open(id))
      const pixels = samplePixels(dataset, split, index)
      const stream = { seed, phase: split, sample: index, epoch: firstEpoch }
      const values = encodeSample(encoding, pixels, timeSteps, stream)
      const totals = new Float32Array(pixels.length)
      for (let i = 0; i < values.length; i++) totals[i % pixels.length] += values[i]
      return {
        shape: dataset.shape,
        label: dataset[split].labels[index],
        pixels,
        timeSteps,
        spiking: encoders[encoding.kind].spiking,
        values,
        totals,
      }
    },
  }
}
