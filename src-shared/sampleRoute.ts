import { encodingTables } from './encodingTables.ts'
import type { ExperimentDocument } from './experiment.ts'
import type { FieldValues } from './fields.ts'
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

/**
 * How samples reach the engine: `bound`, images that lie in memory and that it encodes itself, transformed once
 * where they are; or `streamed`, made outside of it, batch by batch.
 */
export function sampleRoute({ transforms, encoding }: SampleCoding): 'bound' | 'streamed' {
  if (encodingTables[encoding.kind].reads === 'events') return 'streamed'
  const anew = transforms.some(({ kind }) => transformTables[kind].random || kind === 'normalise')
  return anew ? 'streamed' : 'bound'
}
