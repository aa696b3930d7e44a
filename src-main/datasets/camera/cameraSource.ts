import type { CameraSettings } from '../../../src-shared/cameraFields.ts'
import type { Split } from '../../../src-shared/contract.ts'
import type { ImageDataset } from '../dataset.ts'
import type { EventSource, SourceRecording } from '../importing/source.ts'
import { SimulatedCamera } from './simulate.ts'
import { margin } from './saccadePath.ts'

/** What the cards of simulated sets name as their format. */
export const simulatedFormat = 'simulated event camera'

const splits: readonly Split[] = ['train', 'test']

/** `[C,H,W]` of a dataset's images. */
function pictureShape({ shape }: ImageDataset): [number, number, number] {
  const [width, height, channels] = [...shape].reverse()
  return [channels ?? 1, height ?? 1, width]
}

/** The recordings that a simulated camera makes of a set of images, in the order of the images. */
export function cameraSource(images: ImageDataset, settings: CameraSettings): EventSource {
  const shape = pictureShape(images)
  const [, height, width] = shape
  const size = shape.reduce((product, length) => product * length, 1)
  const count = images.train.count + images.test.count
  async function* samples(): AsyncGenerator<SourceRecording> {
    const camera = new SimulatedCamera(shape, settings)
    for (const [which, split] of splits.entries()) {
      const { count: length, images: pixels, labels } = images[split]
      for (let i = 0; i < length; i++) {
        yield {
          split,
          label: labels[i],
          name: String(i).padStart(10, '0'),
          place: `${images.name}, ${split} ${i}`,
          bytes: size,
          decode: () => ({
            events: camera.record(pixels.subarray(i * size, (i + 1) * size), i, which),
            sensor: null,
            dropped: 0,
          }),
        }
      }
    }
  }
  return {
    kind: 'events',
    id: `${images.id}-events`,
    name: `${images.name} as events`,
    format: simulatedFormat,
    origin:
      `Simulated: no camera saw these events. They were computed from the images of ${images.name} ` +
      `(${images.origin}), which were moved in three saccades before a simulated event camera`,
    licence: images.licence,
    known: null,
    classes: [...images.classes],
    bytes: count * size,
    count,
    sensor: [width + 2 * margin, height + 2 * margin],
    polarities: 2,
    simulated: true,
    settings: { ...settings, images: images.checksum },
    samples,
    close: () => Promise.resolve(),
  }
}
