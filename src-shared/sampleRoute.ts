import { encodingTables } from './encodingTables.ts'
import type { ExperimentDocument } from './experiment.ts'
import { parseNumbers, type FieldValues } from './fields.ts'
import { transformTables, type TransformTable } from './transformTables.ts'

/** What decides how samples become input. */
export type SampleCoding = Pick<ExperimentDocument, 'transforms' | 'encoding'>

/** How many inputs an encoding makes of a pixel: field k of pixel i of N is input k·N + i. */
export function fieldsOfPixel(kind: SampleCoding['encoding']['kind'] | 'given', params: FieldValues): number {
  return kind === 'population' ? Number(params.population) : 1
}

/** Shape of what an encoding makes of a sample. */
function encodedShape(
  kind: SampleCoding['encoding']['kind'],
  params: FieldValues,
  shape: number[],
): number[] {
  const [maps, height, width] = shape
  if (kind === 'voxelGrid') return [1, height, width]
  if (kind === 'frames' && params.polarity !== 'kept') return [1, height, width]
  return [fieldsOfPixel(kind, params) * maps, height, width]
}

/** Shape of the input that the network gets of samples of a shape `[P,H,W]` or `[C,H,W]`. */
export function inputShape({ transforms, encoding }: SampleCoding, shape: readonly number[]): number[] {
  const transformed = transforms.reduce(
    (current, { kind, params }) => {
      const table: TransformTable = transformTables[kind]
      return table.shape?.(current, params) ?? current
    },
    [...shape],
  )
  return encodedShape(encoding.kind, encoding.params, transformed)
}

type Transforms = SampleCoding['transforms']

/**
 * A normalisation at the end that is the same for all channels: the byte of a pixel still decides its brightness, so
 * that engines encode by tables over bytes. Null where there is none.
 */
export function lastScale(transforms: Transforms): FieldValues | null {
  const last = transforms.at(-1)
  if (last?.kind !== 'normalise') return null
  const { mean, deviation } = last.params
  const single = [mean, deviation].every((text) => parseNumbers(String(text))?.length === 1)
  return single ? last.params : null
}

/** The transforms before that normalisation, which leave bytes; all of them where there is none. */
export function beforeScale(transforms: Transforms): Transforms {
  return lastScale(transforms) ? transforms.slice(0, -1) : transforms
}

/**
 * How samples reach the engine: `bound`, images that lie in memory and that it encodes itself, transformed once
 * where they are; `handed`, images that are changed anew in every epoch, and that it encodes itself too; or
 * `streamed`, encoded outside of it.
 */
export function sampleRoute({ transforms, encoding }: SampleCoding): 'bound' | 'handed' | 'streamed' {
  if (encodingTables[encoding.kind].reads === 'events') return 'streamed'
  const ofBytes = beforeScale(transforms)
  if (ofBytes.some(({ kind }) => kind === 'normalise')) return 'streamed'
  return ofBytes.some(({ kind }) => transformTables[kind].random) ? 'handed' : 'bound'
}
