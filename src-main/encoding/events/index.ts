import type { EventEncodingKind } from '../../../src-shared/encodingTables.ts'
import type { EventEncoder } from './eventEncoder.ts'
import { frames } from './frames.ts'
import { timeSurface } from './timeSurface.ts'
import { voxelGrid } from './voxelGrid.ts'

export type { EventEncoder } from './eventEncoder.ts'
export { copyEvents, eventsOf, type DroppedEvents, type Events } from './events.ts'

/** The table of encoders that read events. Their parameter tables stand in `encodingTables`. */
export const eventEncoders: Record<EventEncodingKind, EventEncoder> = { frames, voxelGrid, timeSurface }
