import { signedCanvas, signedPixels } from './signedPixels.ts'
import { color } from '../theme/theme.ts'

/** Signed values, `[height, width]`, with the value of the strongest colour. */
export interface SignedPicture {
  width: number
  height: number
  values: Float32Array
  limit: number
}

/** More cells than this become one embedded picture; as rectangles they would choke what opens them. */
const mostRectangles = 20_000

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** Cells of one colour beside one another in a row are one rectangle. */
function rectangles({ width, height, values, limit }: SignedPicture): string {
  const { data } = signedPixels(values, [0, width, height], limit)
  const colour = (i: number) => (data[i * 4] << 16) | (data[i * 4 + 1] << 8) | data[i * 4 + 2]
  let text = ''
  for (let y = 0; y < height; y++) {
    for (let x = 0, end = 1; x < width; x = end++) {
      const fill = colour(y * width + x)
      while (end < width && colour(y * width + end) === fill) end++
      const hex = fill.toString(16).padStart(6, '0')
      text += `<rect x="${x}" y="${y}" width="${end - x}" height="1" fill="#${hex}"/>`
    }
  }
  return text
}

/** A picture as SVG, with its title, its size and the scale of its colours under it. */
export function pictureSvg(picture: SignedPicture, title: string): Blob {
  const { width, height, limit } = picture
  const scale = Math.max(1, Math.floor(600 / Math.max(width, height)))
  const [across, down] = [Math.max(240, width * scale), height * scale + 40]
  const content =
    width * height <= mostRectangles
      ? rectangles(picture)
      : `<image width="${width}" height="${height}" image-rendering="pixelated" href="${signedCanvas(picture.values, [0, width, height], limit).toDataURL()}"/>`
  const stops = [color('c1'), color('raised'), color('c0')]
    .map((stop, i) => `<stop offset="${i / 2}" stop-color="${escaped(stop)}"/>`)
    .join('')
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${across} ${down}" width="${across}" height="${down}">
<title>${escaped(title)}</title>
<defs><linearGradient id="scale">${stops}</linearGradient></defs>
<rect width="${across}" height="${down}" fill="${escaped(color('panel'))}"/>
<g transform="scale(${scale})" shape-rendering="crispEdges">${content}</g>
<g font-family="sans-serif" font-size="11" fill="${escaped(color('ink'))}">
<text x="4" y="${down - 24}">${escaped(title)} (${height}×${width})</text>
<text x="4" y="${down - 8}">${Number((-limit).toPrecision(4))}</text>
<rect x="72" y="${down - 16}" width="96" height="8" fill="url(#scale)"/>
<text x="176" y="${down - 8}">${Number(limit.toPrecision(4))}</text>
</g>
</svg>
`
  return new Blob([text], { type: 'image/svg+xml' })
}
