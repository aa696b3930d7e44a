import type { DatasetCard } from '../../../../src-shared/contract.ts'
import { paintCounts } from '../../../charts/events/countsPainter.ts'
import { inkRamp } from '../../../theme/ramp.ts'
import { paintPixels, pictureSize } from '../../../ui/pixelPainter.ts'
import type { Sample } from './useSamplePages.ts'

/** Side of the picture of a sample in the grid, in CSS pixels. */
export const pictureSide = 56

/** Bytes of a page: the brightest pixel of an image; of recordings, the count that gets the strongest colour. */
const strongest = { images: 255, events: 160 }

/** One sample at a time is drawn here, as it is, before it goes to its place in the size of a picture. */
const tile = document.createElement('canvas')
let image: ImageData | null = null

/** Draws a sample on `tile`; false where the browser gives no canvas. */
function drawTile({ page, offset }: Sample, kind: DatasetCard['kind']): boolean {
  const context = tile.getContext('2d')
  if (!context) return false
  const { height, width } = pictureSize(page.shape)
  if (tile.width !== width || tile.height !== height) {
    tile.width = width
    tile.height = height
  }
  if (image?.width !== width || image.height !== height) image = context.createImageData(width, height)
  const words = new Uint32Array(image.data.buffer)
  if (kind === 'events') paintCounts(page.pixels, offset, page.shape, strongest.events, words)
  else {
    const ramp = new Uint32Array(inkRamp().buffer)
    paintPixels(page.pixels, offset, page.shape, strongest.images, ramp, words)
  }
  context.putImageData(image, 0, 0)
  return true
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
  samples.forEach((sample, column) => {
    if (!sample || !drawTile(sample, kind)) return
    const scale = (pictureSide * density) / Math.max(tile.width, tile.height)
    context.imageSmoothingEnabled = scale < 1
    const [width, height] = [tile.width, tile.height].map((side) => Math.max(1, Math.round(side * scale)))
    const middle = (column + 0.5) * columnWidth * density
    const left = Math.round(middle - width / 2)
    const top = Math.round((pictureSide * density - height) / 2)
    context.drawImage(tile, left, top, width, height)
  })
}
