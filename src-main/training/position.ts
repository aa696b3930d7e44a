import type { EventCounts } from '../../src-shared/contract.ts'
import type { PlateauState } from '../../src-shared/schedule.ts'

/** What is added up over the batches of an epoch. */
export interface EpochSums {
  /** Sum of the batch losses. */
  loss: number
  /** Sum of what the regularisers added to them. */
  penalty: number
  correct: number
  samples: number
  /** Spikes of each neuron layer, in the order of the layers. */
  layerSpikes: number[]
  /** What became of the events of the recordings; null of images, and where a part of the epoch was not counted. */
  events: EventCounts | null
}

/** Where a run stands, exactly: enough to go on bit for bit together with the state of the executor. */
export interface LoopPosition {
  /** Epochs that are complete, with their test. */
  epoch: number
  /** Batches done of the epoch after them; all of them while the test is still to come. */
  batch: number
  /** Sums over those batches. */
  sums: EpochSums
  /** What a schedule remembers; null where it remembers nothing. */
  plateau: PlateauState | null
}

export function emptySums(): EpochSums {
  return { loss: 0, penalty: 0, correct: 0, samples: 0, layerSpikes: [], events: null }
}

/** Both together; null begins anew. */
export function addEvents(sum: EventCounts | null, more: EventCounts): EventCounts {
  if (!sum) return { ...more }
  const { recorded, transformed, time, place } = more
  return {
    recorded: sum.recorded + recorded,
    transformed: sum.transformed + transformed,
    time: sum.time + time,
    place: sum.place + place,
  }
}

export function startPosition(plateau: PlateauState | null = null): LoopPosition {
  return { epoch: 0, batch: 0, sums: emptySums(), plateau }
}
