import type { Dataset, EventDataset } from '../datasets/dataset.ts'
import type { EventRoom } from '../datasets/packed/eventRoom.ts'
import { samplePicture, type SamplePicture } from './samplePicture.ts'

/** No side of a thumbnail is longer, in pixels. */
const longestSide = 64

/** How many pixels of the sample become one of the thumbnail, along either side. */
function shrinkOf(height: number, width: number): number {
  return Math.max(1, Math.ceil(Math.max(height, width) / longestSide))
}

/** Means over squares of pixels. */
function shrunk({ shape: [channels, height, width], pixels }: SamplePicture, by: number): SamplePicture {
  const [rows, columns] = [Math.ceil(height / by), Math.ceil(width / by)]
  const small = new Uint8Array(channels * rows * columns)
  for (let place = 0; place < small.length; place++) {
    const column = place % columns
    const row = Math.floor(place / columns) % rows
    const channel = Math.floor(place / (columns * rows))
    let [sum, count] = [0, 0]
    for (let y = row * by; y < Math.min(height, (row + 1) * by); y++) {
      for (let x = column * by; x < Math.min(width, (column + 1) * by); x++, count++)
        sum += pixels[(channel * height + y) * width + x]
    }
    small[place] = Math.round(sum / count)
  }
  return { shape: [channels, rows, columns], pixels: small }
}

/** Events at every square of pixels by polarity, OFF first; both together are 255 where there are most. */
function countedEvents(
  dataset: EventDataset,
  split: 'train' | 'test',
  index: number,
  room?: EventRoom,
): SamplePicture {
  const [polarities, height, width] = dataset.shape
  const by = shrinkOf(height, width)
  const [rows, columns] = [Math.ceil(height / by), Math.ceil(width / by)]
  const area = rows * columns
  const counts = new Uint32Array(polarities * area)
  const { x, y, p } = dataset[split].recording(index, room)
  for (let i = 0; i < x.length; i++) {
    if (x[i] >= width || y[i] >= height) continue
    const place = Math.floor(y[i] / by) * columns + Math.floor(x[i] / by)
    counts[Math.min(p[i], polarities - 1) * area + place]++
  }
  let most = 1
  for (let i = 0; i < area; i++) most = Math.max(most, counts[i] + (polarities > 1 ? counts[area + i] : 0))
  const pixels = new Uint8Array(counts.length)
  // A single event among many is still seen. A loop, since `from` takes ten times as long as all the rest.
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.ceil((255 * counts[i]) / most)
  return { shape: [polarities, rows, columns], pixels }
}

/**
 * A sample as a small picture: an image `[C,h,w]`, or the events of a recording at each place `[P,h,w]`.
 * Throws what reading a recording throws.
 *
 * @param room for the events of one recording after another
 */
export function thumbnail(
  dataset: Dataset,
  split: 'train' | 'test',
  index: number,
  room?: EventRoom,
): SamplePicture {
  if (dataset.kind === 'events') return countedEvents(dataset, split, index, room)
  const picture = samplePicture(dataset, split, index)
  const by = shrinkOf(picture.shape[1], picture.shape[2])
  return by > 1 ? shrunk(picture, by) : picture
}
