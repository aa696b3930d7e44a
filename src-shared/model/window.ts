import type { FieldValues, NumberField } from '../fields.ts'
import { shapeValue, type ShapeMismatch } from './layerDefinition.ts'

/**
 * A window that slides over the rows and columns of feature maps `[channels,height,width]`, as that of a
 * convolution or of pooling. One-dimensional layers have height 1.
 */
export interface Window {
  channels: number
  height: number
  width: number
  outputs: number
  outputHeight: number
  outputWidth: number
  kernelHeight: number
  kernelWidth: number
  strideY: number
  strideX: number
  paddingY: number
  paddingX: number
  dilationY: number
  dilationX: number
}

/** Spatial axes of a layer: 1 takes `[C,L]`, 2 takes `[C,H,W]`. */
export type Axes = 1 | 2

export const kernelField: NumberField = {
  type: 'integer',
  key: 'kernel',
  label: 'Kernel',
  symbol: 'K',
  min: 1,
  max: 64,
  step: 1,
  default: 3,
  help: 'Length of each side of the window.',
}

export const strideField: NumberField = {
  type: 'integer',
  key: 'stride',
  label: 'Stride',
  min: 1,
  max: 64,
  step: 1,
  default: 1,
  help: 'How far the window moves from one output to the next.',
}

export const paddingField: NumberField = {
  type: 'integer',
  key: 'padding',
  label: 'Padding',
  min: 0,
  max: 64,
  step: 1,
  default: 0,
  help: 'How many rows and columns are put around the input on every side.',
}

export const dilationField: NumberField = {
  type: 'integer',
  key: 'dilation',
  label: 'Dilation',
  min: 1,
  max: 64,
  step: 1,
  default: 1,
  help: 'Distance between the inputs that neighbouring weights of the kernel see.',
}

/** Height and width of feature maps; a row of 1 where there is one axis. */
export function mapSize(shape: readonly number[], axes: Axes): { height: number; width: number } | null {
  if (shape.length !== axes + 1) return null
  return axes === 2 ? { height: shape[1], width: shape[2] } : { height: 1, width: shape[1] }
}

/** What a layer over feature maps wants, where it got something else. */
export function wantsMaps(input: readonly number[], axes: Axes): ShapeMismatch {
  return { wanted: { phrase: axes === 2 ? 'shape.maps' : 'shape.rows' }, found: shapeValue(input) }
}

/** Size of the output along one axis, as torch computes it (rounded down). */
function outputSize(size: number, kernel: number, stride: number, padding: number, dilation: number): number {
  return Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1
}

/**
 * The window of a layer with the fields of this file; a field that its table lacks is at the value that does
 * nothing. Null where the input has other axes or the kernel is larger than the padded input.
 */
export function windowOf(
  input: readonly number[],
  params: FieldValues,
  axes: Axes,
  outputs = input[0],
): Window | null {
  const size = mapSize(input, axes)
  if (!size) return null
  const [kernel, stride] = [Number(params.kernel), Number(params.stride ?? 1)]
  const [padding, dilation] = [Number(params.padding ?? 0), Number(params.dilation ?? 1)]
  const tall = axes === 2
  const window: Window = {
    channels: input[0],
    ...size,
    outputs,
    outputHeight: tall ? outputSize(size.height, kernel, stride, padding, dilation) : 1,
    outputWidth: outputSize(size.width, kernel, stride, padding, dilation),
    kernelHeight: tall ? kernel : 1,
    kernelWidth: kernel,
    strideY: tall ? stride : 1,
    strideX: stride,
    paddingY: tall ? padding : 0,
    paddingX: padding,
    dilationY: tall ? dilation : 1,
    dilationX: dilation,
  }
  return window.outputHeight >= 1 && window.outputWidth >= 1 ? window : null
}

/** Shape of what a window hands on. */
export function windowOutput(window: Window, axes: Axes): number[] {
  const { outputs, outputHeight, outputWidth } = window
  return axes === 2 ? [outputs, outputHeight, outputWidth] : [outputs, outputWidth]
}

/** The problem of an input that no window fits. */
export function windowProblem(input: readonly number[], params: FieldValues, axes: Axes): ShapeMismatch {
  if (!mapSize(input, axes)) return wantsMaps(input, axes)
  const span = Number(params.dilation ?? 1) * (Number(params.kernel) - 1) + 1
  const least = span - 2 * Number(params.padding ?? 0)
  const size = Array(axes).fill(least).join('×')
  return { wanted: { phrase: 'shape.leastMaps', size }, found: shapeValue(input) }
}
