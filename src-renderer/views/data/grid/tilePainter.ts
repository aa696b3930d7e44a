import type { DatasetCard } from '../../../../src-shared/contract.ts'
import { paintCounts } from '../../../charts/events/countsPainter.ts'
import { inkRamp } from '../../../theme/ramp.ts'
import { paintPixels, pictureSize } from '../../../ui/pixelPainter.ts'
import type { Sample } from './useSamplePages.ts'

/** Side of the picture of a sample in the grid, in CSS pixels. */
export const pictureSide = 56

/** Bytes of a page: the brightest pixel of an image; of recordings, the count that gets the strongest colour. */
const strongest = { images: 255, events: 160 }

/**
 * The samples of a row are drawn here one above the other, as they are, before they go to their places in the size of a
 * picture: handing pixels to a canvas once a row is many times as quick as once a sample.
 */
const pile = document.createElement('canvas')
let image: ImageData | null = null

/** Draws samples of one dataset on `pile`; the size of each, or null where the browser gives no canvas. */
function drawPile(
  samples: readonly Sample[],
  kind: DatasetCard['kind'],
): { width: number; height: number } | null {
  const context = pile.getContext('2d')
  if (!context) return null
  const { height, width } = pictureSize(samples[0].page.shape)
  const tall = height * samples.length
  if (pile.width !== width || pile.height < tall) {
    pile.width = width
    pile.height = tall
  }
  if (image?.width !== width || image.height !== pile.height) {
    image = context.createImageData(width, pile.height)
  }
  const words = new Uint32Array(image.data.buffer)
  const ramp = new Uint32Array(inkRamp().buffer)
  samples.forEach(({ page, offset }, i) => {
    const place = words.subarray(i * width * height, (i + 1) * width * height)
    if (kind === 'events') paintCounts(page.pixels, offset, page.shape, strongest.events, place)
    else paintPixels(page.pixels, offset, page.shape, strongest.images, ramp, place)
  })
  context.putImageData(image, 0, 0, 0, 0, width, tall)
  return { width, height }
}

/**
 * Draws the samples of a row of the grid, each in the middle of its column, whole and with crisp edges. Places without
 * a sample stay empty.
 * @param density device pixels of a CSS pixel
 */
export function paintTiles(
  context: CanvasRenderingContext2D,
  samples: readonly (Sample | null)[],
  kind: DatasetCard['kind'],
  columnWidth: number,
  density: number,
): void {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  const here = samples.filter((sample) => sample !== null)
  const size = here.length > 0 ? drawPile(here, kind) : null
  if (!size) return
  const scale = (pictureSide * density) / Math.max(size.width, size.height)
  context.imageSmoothingEnabled = scale < 1
  const [width, height] = [size.width, size.height].map((side) => Math.max(1, Math.round(side * scale)))
  const top = Math.round((pictureSide * density - height) / 2)
  let drawn = 0
  samples.forEach((sample, column) => {
    if (!sample) return
    const left = Math.round((column + 0.5) * columnWidth * density - width / 2)
    const from = size.height * drawn++
    context.drawImage(pile, 0, from, size.width, size.height, left, top, width, height)
  })
}
