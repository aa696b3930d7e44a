import type { TensorFileFormat } from '../../../../src-shared/contentsContract.ts'
import type { Bridge } from '../../../bridge/index.ts'
import { hostSaves } from '../../../bridge/open.ts'
import { chooseTarget } from '../../../bridge/saving.ts'
import { canvasPng, chartFileName, saveFile } from '../../../charts/saveFile.ts'
import { signedCanvas } from '../../../charts/signedPixels.ts'
import { pictureSvg, type SignedPicture } from '../../../charts/signedSvg.ts'
import { color } from '../../../theme/theme.ts'
import { pictureShapes } from './pictureShapes.ts'
import { firstSlice, sliceSize } from './slices.ts'

/** What a tensor can be saved as: its values, its heat map, the pictures that it is cut into. */
export const tensorExports = ['npy', 'csv', 'heatMapPng', 'heatMapSvg', 'picturesPng', 'picturesSvg'] as const
export type TensorExportId = (typeof tensorExports)[number]

interface ExportedTensor {
  path: string
  tensor: readonly string[]
  shape: readonly number[]
}

/** Blocks each way of a saved heat map; pictures on a saved sheet. */
const mostBlocks = 1024
const mostPictures = 1024

async function valuesFile(
  bridge: Bridge,
  format: TensorFileFormat,
  { path, tensor }: ExportedTensor,
): Promise<Blob> {
  const collected: Uint8Array<ArrayBuffer>[] = []
  for (let part = 0, parts = 1; part < parts; part++) {
    const found = await bridge.request('contents.filePart', { path, tensor: [...tensor], format, part })
    parts = found.parts
    collected.push(new Uint8Array(found.bytes))
  }
  return new Blob(collected, {
    type: format === 'csv' ? 'text/csv;charset=utf-8' : 'application/octet-stream',
  })
}

/** Saves the values; the host writes them itself where it can. False where the user wants them nowhere. */
async function saveValues(
  bridge: Bridge,
  name: string,
  format: TensorFileFormat,
  exported: ExportedTensor,
): Promise<boolean> {
  if (!hostSaves()) return saveFile(name, await valuesFile(bridge, format, exported))
  const to = await chooseTarget(name)
  if (to === null) return false
  const { path, tensor } = exported
  // The dialogue has asked whether a file that is there may go.
  await bridge.request('contents.export', { path, tensor: [...tensor], format, to, overwrite: true })
  return true
}

async function limitOf(bridge: Bridge, { path, tensor }: ExportedTensor): Promise<number> {
  const { statistics } = await bridge.request('contents.tensor', { path, tensor: [...tensor] })
  return statistics ? Math.max(Math.abs(statistics.min), Math.abs(statistics.max)) : 0
}

async function heatMap(bridge: Bridge, exported: ExportedTensor): Promise<SignedPicture | null> {
  const { path, tensor, shape } = exported
  const slice = firstSlice(shape)
  const all = sliceSize(shape, slice)
  const window = { row: 0, column: 0, ...all }
  const question = { path, tensor: [...tensor], slice, ...window, most: mostBlocks }
  const { tall, wide, values } = await bridge.request('contents.heatMap', question)
  return tall * wide === 0
    ? null
    : { width: wide, height: tall, values, limit: await limitOf(bridge, exported) }
}

/** All pictures side by side, a pixel apart, as one. */
async function sheet(bridge: Bridge, exported: ExportedTensor): Promise<SignedPicture | null> {
  const { path, tensor, shape } = exported
  const [first] = pictureShapes(shape)
  if (!first) return null
  const [height, width] = first
  const question = { path, tensor: [...tensor], first: 0, count: mostPictures, height, width }
  const { count, values } = await bridge.request('contents.pictures', question)
  if (count === 0) return null
  const across = Math.ceil(Math.sqrt((count * height) / width))
  const down = Math.ceil(count / across)
  const whole = { width: across * (width + 1) - 1, height: down * (height + 1) - 1 }
  const pixels = new Float32Array(whole.width * whole.height)
  for (let picture = 0; picture < count; picture++) {
    const left = (picture % across) * (width + 1)
    const top = Math.floor(picture / across) * (height + 1)
    for (let row = 0; row < height; row++) {
      const from = (picture * height + row) * width
      pixels.set(values.subarray(from, from + width), (top + row) * whole.width + left)
    }
  }
  return { ...whole, values: pixels, limit: await limitOf(bridge, exported) }
}

/** The picture with whole pixels, at least about 600 a side. */
function png({ width, height, values, limit }: SignedPicture): Promise<Blob> {
  const source = signedCanvas(values, [0, width, height], limit)
  const scale = Math.max(1, Math.floor(600 / Math.max(width, height)))
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  const context = canvas.getContext('2d')
  if (context) {
    context.imageSmoothingEnabled = false
    context.drawImage(source, 0, 0, canvas.width, canvas.height)
  }
  return canvasPng(canvas, color('panel'))
}

/** What became of a wish to save: the name of the file, that nothing can be drawn, or that it is wanted nowhere. */
export type TensorExport = { saved: string } | 'nothing' | 'nowhere'

/** Saves a tensor. Rejects with the SpikedeskError of a host that cannot write. */
export async function exportTensor(
  bridge: Bridge,
  id: TensorExportId,
  exported: ExportedTensor,
): Promise<TensorExport> {
  const outcome = (name: string, there: boolean) => (there ? { saved: name } : 'nowhere')
  const title = exported.tensor.join('.')
  const file = exported.path.split(/[\\/]/).at(-1) ?? ''
  if (id === 'npy' || id === 'csv') {
    const name = chartFileName(file, title, id)
    return outcome(name, await saveValues(bridge, name, id, exported))
  }
  const map = id.startsWith('heatMap')
  const picture = await (map ? heatMap : sheet)(bridge, exported)
  if (!picture) return 'nothing'
  const extension = id.endsWith('Png') ? 'png' : 'svg'
  const name = chartFileName(file, `${title}-${map ? 'heat-map' : 'pictures'}`, extension)
  return outcome(
    name,
    await saveFile(name, extension === 'png' ? await png(picture) : pictureSvg(picture, title)),
  )
}
