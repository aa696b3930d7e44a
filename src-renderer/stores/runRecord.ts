import { shallowRef } from 'vue'
import type { EpochRecord, MetricsEvent } from '../../src-shared/contract.ts'
import { useBridge } from '../bridge/index.ts'
import { GrowingSeries } from './growingSeries.ts'

/** Epochs with one more record; what stood at or behind it goes (a run that went back to its checkpoint). */
export function withEpoch(epochs: readonly EpochRecord[], record: EpochRecord): EpochRecord[] {
  return [...epochs.filter(({ epoch }) => epoch < record.epoch), record]
}

/**
 * The record of one run: its history as it was when asked for, and everything that has come since. It may be
 * opened at any time before, during or after the run and shows the same.
 */
export function createRunRecord() {
  const bridge = useBridge()
  const series = new GrowingSeries()
  const run = shallowRef<string | null>(null)
  const losses = shallowRef(series.view())
  const epochs = shallowRef<readonly EpochRecord[]>([])
  const metrics = shallowRef<MetricsEvent | null>(null)
  const error = shallowRef<unknown>(null)
  const loading = shallowRef(false)
  let asked = 0

  function clear(): void {
    series.clear()
    losses.value = series.view()
    epochs.value = []
    metrics.value = null
    error.value = null
  }

  /** Asks for the history; events that overtake the answer are kept, because they overlap with it. */
  async function load(): Promise<void> {
    const id = run.value
    const turn = ++asked
    if (id === null) return
    loading.value = true
    try {
      const history = await bridge.request('runs.history', { run: id })
      if (turn !== asked) return
      const later = epochs.value.filter(({ epoch }) => epoch > (history.epochs.at(-1)?.epoch ?? 0))
      if (history.losses.length >= series.length || !series.write(0, history.losses)) {
        series.clear()
        series.write(0, history.losses)
      }
      losses.value = series.view()
      epochs.value = [...history.epochs, ...later]
      error.value = null
    } catch (thrown) {
      if (turn === asked) error.value = thrown
    } finally {
      if (turn === asked) loading.value = false
    }
  }

  /** Shows another run (null: none), from its first batch on. */
  async function follow(id: string | null): Promise<void> {
    if (id === run.value) return
    clear()
    run.value = id
    await load()
  }

  bridge.on('training.metrics', (event) => {
    if (event.run !== run.value) return
    metrics.value = event
    if (series.write(event.firstStep, event.losses)) losses.value = series.view()
    else if (!loading.value) void load()
  })
  bridge.on('training.epoch', ({ run: id, record }) => {
    if (id === run.value) epochs.value = withEpoch(epochs.value, record)
  })

  return { run, losses, epochs, metrics, error, loading, follow, reload: load }
}
