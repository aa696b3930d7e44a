import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { z } from 'zod'
import type { DatasetFit, NetworkSummary } from '../../src-shared/checkpointContract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { fieldValues } from '../../src-shared/experimentSchema.ts'
import type { Answers } from '../../src-shared/importedNetwork.ts'
import { useBridge } from '../bridge/index.ts'
import { useDatasetsStore } from './datasets.ts'
import { useInspectorStore } from './inspector.ts'
import { readStored, writeStored } from './stored.ts'

/** So many files keep their answers. */
const mostKept = 40
const keptSchema = z.array(z.tuple([z.string(), fieldValues])).catch([])

/** The network of the file that is looked into, with what was answered about it. */
export const useFileNetworkStore = defineStore('fileNetwork', () => {
  const bridge = useBridge()
  const inspector = useInspectorStore()
  const datasets = useDatasetsStore()
  const summary = shallowRef<NetworkSummary | null>(null)
  const answers = shallowRef<Answers>({})
  const fits = shallowRef<readonly DatasetFit[]>([])
  const chosen = ref<string | null>(null)
  /** Layer whose numbers are shown; null is the first neuron. */
  const layer = ref<string | null>(null)
  const error = shallowRef<unknown>(null)

  const fitting = computed(() => fits.value.filter(({ problem }) => problem === null).map(({ id }) => id))
  const dataset = computed(() => {
    const wanted = chosen.value
    return wanted !== null && fitting.value.includes(wanted) ? wanted : (fitting.value[0] ?? null)
  })

  function kept(): [string, Answers][] {
    return keptSchema.parse(readStored('inspector.answers'))
  }

  function keep(path: string, given: Answers): void {
    const others = kept().filter(([other]) => other !== path)
    writeStored('inspector.answers', [[path, given], ...others].slice(0, mostKept))
  }

  /**
   * What the network is with these answers; what an answer makes needless is left out, since questions depend on
   * each other. Throws the problem of an answer that cannot stand.
   */
  async function ask(given: Answers): Promise<{ summary: NetworkSummary; answers: Answers }> {
    const { path } = inspector
    let rest = given
    for (;;) {
      try {
        const found = await bridge.request('checkpoints.answer', { path, answers: rest, dataset: null })
        return { summary: found, answers: rest }
      } catch (thrown) {
        const stray = thrown instanceof SpikedeskError && thrown.code === 'network.answer'
        const question = stray ? String(thrown.data.question) : ''
        if (!Object.hasOwn(rest, question)) throw thrown
        rest = Object.fromEntries(Object.entries(rest).filter(([id]) => id !== question))
      }
    }
  }

  async function findDatasets(): Promise<void> {
    const { path } = inspector
    if (!summary.value) return
    try {
      const found = await bridge.request('checkpoints.datasets', { path, answers: answers.value })
      if (path === inspector.path) fits.value = found
    } catch (thrown) {
      if (path === inspector.path) error.value = thrown
    }
  }

  /** Takes answers, and keeps them for the file. Throws what `ask` throws. */
  async function answer(given: Answers): Promise<void> {
    const { path } = inspector
    const found = await ask(given)
    if (path !== inspector.path) return
    summary.value = found.summary
    answers.value = found.answers
    error.value = null
    keep(path, found.answers)
    await findDatasets()
  }

  watch(
    () => inspector.file,
    async (file, before) => {
      summary.value = file?.network ?? null
      answers.value = {}
      fits.value = []
      error.value = null
      if (file?.path !== before?.path) layer.value = null
      if (!file?.network) return
      const known = kept().find(([path]) => path === file.path)?.[1]
      if (known && Object.keys(known).length > 0) await answer(known).catch(() => findDatasets())
      else await findDatasets()
    },
    { immediate: true },
  )
  watch(() => datasets.cards, findDatasets)

  return { summary, answers, fits, fitting, dataset, chosen, layer, error, ask, answer }
})
