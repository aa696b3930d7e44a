import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import { prepare } from '../../../src-main/runs/prepare.ts'
import { makeBatch } from '../../../src-main/training/streaming/makeBatch.ts'
import { readerOf } from '../../../src-main/training/streaming/sampleReader.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { encodingTables, type EventEncodingKind } from '../../../src-shared/encodingTables.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { eventRows } from '../encoding/events/recordings.ts'
import { tinyExperiment } from '../runs/tinyRun.ts'

const dataset = eventRows()
const library = { open: (): Promise<Dataset> => Promise.resolve(dataset) }

function eventExperiment(
  kind: EventEncodingKind,
  params = {},
  changes: Partial<ExperimentDocument> = {},
): ExperimentDocument {
  const tiny = tinyExperiment('event-rows', changes)
  const maps = kind === 'voxelGrid' || 'polarity' in params ? 1 : 2
  const encoding = { kind, params: { ...defaultValues(encodingTables[kind].fields), ...params } }
  return { ...tiny, encoding, model: { ...tiny.model, input: { shape: [maps, 6, 6] } } }
}

describe('a program fed with events', () => {
  it.each([
    ['frames', {}],
    ['frames', { values: 'binary' }],
    ['frames', { polarity: 'summed' }],
    ['voxelGrid', {}],
    ['timeSurface', { interval: 2000 }],
  ] as const)('of %s %j gives the same on both engines', (kind, params) => {
    const experiment = eventExperiment(kind, params)
    const request = { split: 'train' as const, indices: Uint32Array.of(3, 0, 11), epoch: 1 }
    const { batch, events } = makeBatch(readerOf(dataset), experiment, request)
    expect(events).toMatchObject({ recorded: 360, transformed: 360 })
    const [native, reference] = (['native', 'reference'] as const).map((engine) => {
      const executor = createExecutor(engine, compileExperiment(experiment), 1)
      const result = executor.train(batch)
      executor.dispose()
      return result
    })
    expect(native.loss).toBeCloseTo(reference.loss, 4)
    expect([...native.counts]).toEqual([...reference.counts])
  })

  it('refuses images, and images refuse it', async () => {
    const images = tinyExperiment('event-rows')
    await expect(prepare(library, images)).rejects.toMatchObject({ code: 'encoding.reads' })
    const wide = eventExperiment('frames', { polarity: 'merged' })
    const model = { ...wide.model, input: { shape: [2, 6, 6] } }
    await expect(prepare(library, { ...wide, model })).rejects.toMatchObject({ code: 'model.input' })
  })
})
