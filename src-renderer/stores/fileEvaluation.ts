import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { EvaluationProgress, FileEvaluationResult } from '../../src-shared/checkpointContract.ts'
import type { ActivityTrace, Split } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { timeStepsField } from '../../src-shared/experimentFields.ts'
import { checkField, parseNumber } from '../../src-shared/fields.ts'
import { useBridge } from '../bridge/index.ts'
import { useDatasetsStore } from './datasets.ts'
import { useFileNetworkStore } from './fileNetwork.ts'
import { useInspectorStore } from './inspector.ts'

/** What the network of the open file makes of a dataset: of all its test samples, and of one of them. */
export const useFileEvaluationStore = defineStore('fileEvaluation', () => {
  const bridge = useBridge()
  const inspector = useInspectorStore()
  const network = useFileNetworkStore()
  const datasets = useDatasetsStore()
  /** Time steps as typed; empty is what the network says. */
  const typedSteps = ref('')
  const job = ref<string | null>(null)
  const progress = shallowRef<EvaluationProgress | null>(null)
  const result = shallowRef<FileEvaluationResult | null>(null)
  const error = shallowRef<unknown>(null)
  /** True and predicted class of the samples that are listed; null lists those of no cell. */
  const cell = ref<{ truth: number; predicted: number } | null>(null)
  const split = ref<Split>('test')
  /** Of the sample on show, in its split. */
  const index = ref<number | null>(null)
  const trace = shallowRef<ActivityTrace | null>(null)
  const traceError = shallowRef<unknown>(null)
  let jobs = 0
  let asked = 0

  const steps = computed(() => {
    const text = typedSteps.value.trim()
    return text === '' ? null : parseNumber(text)
  })
  const stepsProblem = computed(() =>
    steps.value === null
      ? null
      : checkField(timeStepsField, Number.isNaN(steps.value) ? typedSteps.value : steps.value),
  )
  const card = computed(() => (network.dataset === null ? undefined : datasets.cardOf(network.dataset)))
  /** Samples of the split that is looked at. */
  const count = computed(() => (split.value === 'test' ? card.value?.testCount : card.value?.trainCount) ?? 0)
  /** Samples of the chosen cell, in file order. */
  const samples = computed((): number[] => {
    const [found, chosen] = [result.value, cell.value]
    if (!found || !chosen) return []
    return [...found.labels.keys()].filter(
      (i) => found.labels[i] === chosen.truth && found.predictions[i] === chosen.predicted,
    )
  })

  function subject() {
    const { dataset, answers } = network
    if (dataset === null || stepsProblem.value) return null
    return { path: inspector.path, answers, dataset, timeSteps: steps.value }
  }

  async function evaluate(): Promise<void> {
    const wanted = subject()
    if (!wanted || job.value !== null) return
    const own = `evaluation-${Date.now()}-${++jobs}`
    job.value = own
    progress.value = null
    error.value = null
    result.value = null
    cell.value = null
    // With other time steps the sample on show behaves differently.
    if (index.value !== null) void look(index.value)
    try {
      const found = await bridge.request('checkpoints.evaluate', { ...wanted, job: own })
      if (job.value === own) result.value = found
    } catch (thrown) {
      const ended = thrown instanceof SpikedeskError && thrown.code === 'evaluation.cancelled'
      if (job.value === own && !ended) error.value = thrown
    } finally {
      if (job.value === own) job.value = null
    }
  }

  async function cancel(): Promise<void> {
    if (job.value !== null) await bridge.request('checkpoints.cancel', { job: job.value })
  }

  /** Shows what every neuron does with one sample of the split. */
  async function look(sample: number, of: Split = split.value): Promise<void> {
    const wanted = subject()
    if (!wanted) return
    split.value = of
    const turn = ++asked
    index.value = sample
    traceError.value = null
    try {
      const found = await bridge.request('checkpoints.trace', { ...wanted, split: of, index: sample })
      if (turn === asked) trace.value = found
    } catch (thrown) {
      if (turn === asked) traceError.value = thrown
    }
  }

  /** Looks at the other samples, at the one of the same number where a sample is on show. */
  function setSplit(wanted: Split): void {
    split.value = wanted
    if (index.value !== null && count.value > 0) void look(Math.min(index.value, count.value - 1))
  }

  /** Forgets what belongs to another file, dataset or answer. */
  function forget(): void {
    void cancel()
    job.value = null
    result.value = null
    error.value = null
    cell.value = null
    asked++
    index.value = null
    trace.value = null
    traceError.value = null
  }

  function choose(truth: number, predicted: number): void {
    cell.value = { truth, predicted }
    const [first] = samples.value
    if (first !== undefined) void look(first, 'test')
  }

  watch(() => [inspector.path, network.dataset, network.answers] as const, forget)
  bridge.on('checkpoints.progress', (report) => {
    if (report.job === job.value) progress.value = report
  })

  return {
    typedSteps,
    stepsProblem,
    card,
    job,
    progress,
    result,
    error,
    cell,
    samples,
    split,
    setSplit,
    count,
    index,
    trace,
    traceError,
    evaluate,
    cancel,
    choose,
    look,
  }
})
