import type { TensorFacts } from '../../../src-shared/contentsContract.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import type { NumberSource } from '../../analysis/numberSource.ts'
import { rowFacts, tensorStatistics } from '../../analysis/tensorStatistics.ts'
import type { TensorNode } from './openedFile.ts'

const mostRows = 1000

/** What is known of a tensor; `numbers` is null where its elements are no single numbers. */
export function tensorFacts({ dtype, shape, device }: TensorNode, numbers: NumberSource | null): TensorFacts {
  const columns = elementCount(shape.slice(1))
  return {
    ...{ type: dtype.name, shape, device, bytes: elementCount(shape) * dtype.bytes },
    statistics: numbers && tensorStatistics(numbers),
    rows: numbers && shape.length > 1 && columns > 0 ? rowFacts(numbers, shape[0], columns, mostRows) : null,
  }
}
