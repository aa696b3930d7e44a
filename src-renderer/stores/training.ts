import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RequestParams, RunDetail, RunState, RunSummary } from '../../src-shared/contract.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { useBridge } from '../bridge/index.ts'
import { createRunRecord } from './runRecord.ts'

/** States in which a run holds the machine. */
export const activeStates: readonly RunState[] = ['preparing', 'running', 'pausing', 'paused', 'stopping']

export function isActive(summary: RunSummary | null): boolean {
  return summary !== null && activeStates.includes(summary.state)
}

/** Whether a run that has ended before its last epoch can go on from a checkpoint. */
export function canGoOn(summary: RunSummary | null): boolean {
  if (!summary || summary.checkpoint === null || isActive(summary)) return false
  return (summary.checkpointEpoch ?? 0) < summary.epochs
}

const recent = 100

/** Mean of the last hundred losses; null before the first. */
export function recentLoss(losses: Float32Array): number | null {
  const last = losses.subarray(Math.max(0, losses.length - recent))
  if (last.length === 0) return null
  let sum = 0
  for (const loss of last) sum += loss
  return sum / last.length
}

/** The run on the Train screen: the one that is running, else the newest. */
export const useTrainingStore = defineStore('training', () => {
  const bridge = useBridge()
  const record = createRunRecord()
  const summary = shallowRef<RunSummary | null>(null)
  /** Why the last wish (start, pause, ...) could not be fulfilled. */
  const failure = shallowRef<unknown>(null)
  /** A wish is on its way. */
  const asking = shallowRef(false)
  /** It is the wish for a run. */
  const beginning = shallowRef(false)

  /** Everything about the run, its experiment above all; null until it has come. */
  const detail = shallowRef<RunDetail | null>(null)

  async function loadDetail(run: string): Promise<void> {
    try {
      const found = await bridge.request('runs.detail', { run })
      if (summary.value?.id === run) detail.value = found
    } catch (thrown) {
      if (summary.value?.id === run) failure.value = thrown
    }
  }

  function show(next: RunSummary): void {
    const other = next.id !== summary.value?.id
    summary.value = next
    if (!other) return
    detail.value = null
    void loadDetail(next.id)
    void record.follow(next.id)
  }

  async function wish<Result>(action: () => Promise<Result>): Promise<Result | null> {
    asking.value = true
    failure.value = null
    try {
      return await action()
    } catch (thrown) {
      failure.value = thrown
      return null
    } finally {
      asking.value = false
    }
  }

  /** Runs as events told of them while a wish was under way; that is newer than the answer to the wish. */
  const heard = new Map<string, RunSummary>()

  /** Wishes for a run and shows it; whether there is one. */
  async function begin(action: () => Promise<RunSummary>): Promise<boolean> {
    heard.clear()
    beginning.value = true
    const begun = await wish(action)
    beginning.value = false
    if (begun) show(heard.get(begun.id) ?? begun)
    return begun !== null
  }

  /** Starts a run with first weights, or with those of a file. */
  async function start(
    experiment: ExperimentDocument,
    weights?: RequestParams<'training.start'>['weights'],
  ): Promise<boolean> {
    const params = weights ? { experiment, weights } : { experiment }
    return begin(() => bridge.request('training.start', params))
  }

  /** Goes on from the last checkpoint of a run, up to `epochs` in all. */
  async function goOn(run: string, epochs: number): Promise<boolean> {
    return begin(() => bridge.request('training.continue', { run, epochs }))
  }

  async function order(name: 'training.pause' | 'training.resume' | 'training.stop'): Promise<void> {
    const run = summary.value?.id
    if (run !== undefined) await wish(() => bridge.request(name, { run }))
  }

  async function load(): Promise<void> {
    await wish(async () => {
      const runs = await bridge.request('runs.list', {})
      const newest = [...runs].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
      const chosen =
        newest.find(isActive) ?? runs.find(({ id }) => id === summary.value?.id) ?? newest[0] ?? null
      if (!chosen) return
      const same = chosen.id === summary.value?.id
      show(chosen)
      if (same) await record.reload()
    })
  }

  bridge.on('run.changed', (changed) => {
    heard.set(changed.id, changed)
    if (changed.id === summary.value?.id) summary.value = changed
    else if (isActive(changed) && !isActive(summary.value)) show(changed)
  })
  bridge.onStatus((status) => {
    if (status === 'open') void load()
  })
  if (bridge.status === 'open') void load()

  const best = computed(() =>
    record.epochs.value.reduce<{ epoch: number; accuracy: number } | null>(
      (top, { epoch, testAccuracy }) =>
        top && top.accuracy >= testAccuracy ? top : { epoch, accuracy: testAccuracy },
      null,
    ),
  )
  /** Firing per neuron and step of each neuron layer: of the running epoch, else of the last one. */
  const firingRates = computed(
    () =>
      (isActive(summary.value) ? record.metrics.value?.firingRates : undefined) ??
      record.epochs.value.at(-1)?.firingRates ??
      [],
  )

  return {
    summary,
    experiment: computed(() => detail.value?.experiment ?? null),
    losses: record.losses,
    epochs: record.epochs,
    metrics: record.metrics,
    historyError: record.error,
    loadingHistory: record.loading,
    failure,
    asking,
    beginning,
    active: computed(() => isActive(summary.value)),
    resumable: computed(() => canGoOn(summary.value)),
    recentLoss: computed(() => recentLoss(record.losses.value)),
    best,
    firingRates,
    start,
    goOn,
    pause: () => order('training.pause'),
    resume: () => order('training.resume'),
    stop: () => order('training.stop'),
    load,
  }
})
