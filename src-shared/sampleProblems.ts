import { encodingTables } from './encodingTables.ts'
import type { FieldProblem } from './fields.ts'
import { parseNumbers } from './fields.ts'
import type { ErrorCode, ErrorData } from './errors/index.ts'
import type { SampleCoding } from './sampleRoute.ts'
import { transformTables, type TransformTable } from './transformTables.ts'

/** What is wrong with transforms or an encoding, and where, e.g. `transforms.0`. */
export interface SampleProblem {
  path: string
  code: ErrorCode
  data: ErrorData
}

/** Frames must go on: their overlap is smaller than they are. */
export function overlapProblem({ encoding: { kind, params } }: SampleCoding): FieldProblem | null {
  if (kind !== 'frames') return null
  const overlap = Number(params.overlap)
  const limit =
    params.slicing === 'timeWindow'
      ? Number(params.window)
      : params.slicing === 'eventCount'
        ? Number(params.count)
        : 1
  if (overlap < limit || params.slicing === 'all') return null
  return { key: 'overlap', code: 'encoding.overlap', data: { found: overlap, limit } }
}

/** Transforms of images under an encoding of events, or the other way round. */
export function kindProblems({ transforms, encoding }: SampleCoding): SampleProblem[] {
  const { reads } = encodingTables[encoding.kind]
  return transforms.flatMap(({ kind }, i) => {
    const table: TransformTable = transformTables[kind]
    if (table.reads === 'both' || table.reads === reads) return []
    const data = {
      transform: table.label,
      wanted: { phrase: `samples.${table.reads}` } as const,
      found: { phrase: `samples.${reads}` } as const,
    }
    return [{ path: `transforms.${i}`, code: 'transform.reads' as const, data }]
  })
}

/** How many channels or polarities a step takes; null where it takes any. */
function wantedMaps(kind: string, params: SampleCoding['encoding']['params'], maps: number): string | null {
  if (kind === 'grayscale') return maps === 1 || maps === 3 ? null : '1, 3'
  if (kind === 'voxelGrid') return maps === 2 ? null : '2'
  if (kind !== 'normalise') return null
  const counts = [params.mean, params.deviation].map((text) => parseNumbers(String(text))?.length ?? 0)
  return counts.every((count) => count === 1 || count === maps) ? null : String(Math.max(...counts))
}

/** The first step that cannot take samples of a shape `[P,H,W]` or `[C,H,W]`; null where all can. */
export function shapeProblem(
  { transforms, encoding }: SampleCoding,
  shape: readonly number[],
): SampleProblem | null {
  let current = shape
  for (const [i, { kind, params }] of transforms.entries()) {
    const table: TransformTable = transformTables[kind]
    const wanted = wantedMaps(kind, params, current[0])
    if (wanted) {
      const data = { step: table.label, wanted, found: current[0] }
      return { path: `transforms.${i}`, code: 'transform.maps', data }
    }
    current = table.shape?.(current, params) ?? current
  }
  const wanted = wantedMaps(encoding.kind, encoding.params, current[0])
  if (!wanted) return null
  const data = { step: encodingTables[encoding.kind].label, wanted, found: current[0] }
  return { path: 'encoding', code: 'transform.maps', data }
}
