import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { encodingTables } from '../../src-shared/encodingTables.ts'
import type { EncodingSettings, ExperimentDocument, TransformSettings } from '../../src-shared/experiment.ts'
import { experimentVersion } from '../../src-shared/experiment.ts'
import { checkExperiment, type ExperimentProblem } from '../../src-shared/experimentSchema.ts'
import type { FieldValue } from '../../src-shared/fields.ts'
import type { ModelDocument } from '../../src-shared/model/document.ts'
import { findPreset, presets } from '../../src-shared/model/presets.ts'
import { fitProblem, inferModel } from '../../src-shared/model/shapes.ts'
import { inputShape } from '../../src-shared/sampleRoute.ts'
import { errorText } from '../i18n/errors.ts'
import { useAppStore } from './app.ts'
import { useDatasetsStore } from './datasets.ts'
import { baseValueAt, sameValue, valueAt, withValue } from './draft.ts'
import { createHistory } from './history.ts'
import { parseShape } from './layers.ts'
import { experimentSections } from './sections.ts'
import { readStored, writeStored } from './stored.ts'

interface Draft {
  document: ExperimentDocument
  /** What the draft started from, and its name. */
  base: ExperimentDocument
  baseName: string
  /** An input shape as typed, while it is none. */
  inputText: string | null
}

function fresh(document: ExperimentDocument, baseName: string): Draft {
  return { document, base: document, baseName, inputText: null }
}

/** The draft of the last visit; null where there is none that this program can read. */
function restored(): Draft | null {
  const stored = readStored('draft') as Draft | null
  try {
    if (!stored || stored.document.version !== experimentVersion) return null
    checkExperiment(stored.document)
    checkExperiment(stored.base)
    const inputText = typeof stored.inputText === 'string' ? stored.inputText : null
    return { ...stored, baseName: String(stored.baseName), inputText }
  } catch {
    return null
  }
}

/** The experiment that is being put together, checked while somebody types, with undo. */
export const useExperimentStore = defineStore('experiment', () => {
  const datasets = useDatasetsStore()
  const app = useAppStore()
  const history = createHistory<Draft>(restored() ?? fresh(presets[0].experiment, presets[0].id))
  const draft = computed(() => history.steps.present)
  const document = computed(() => draft.value.document)
  const base = computed(() => draft.value.base)
  const baseName = computed(() => draft.value.baseName)

  const inferred = computed(() => inferModel(document.value.model))
  const dataset = computed(() => datasets.cardOf(document.value.dataset.id))

  /** Problems that lie between the experiment and this machine: its data, its engines, its workbench. */
  const placeProblems = computed<ExperimentProblem[]>(() => {
    const found: ExperimentProblem[] = []
    const { id } = document.value.dataset
    if (datasets.loaded && !dataset.value) {
      const known = datasets.cards.map((card) => card.id).join(', ')
      found.push({ path: 'dataset.id', code: 'dataset.unknown', data: { id, known } })
    }
    if (dataset.value?.problem) found.push({ path: 'dataset.id', ...dataset.value.problem })
    const { reads, label } = encodingTables[document.value.encoding.kind]
    if (dataset.value && dataset.value.kind !== reads) {
      const { name, kind } = dataset.value
      const [wanted, held] = [reads, kind].map((samples) => ({ phrase: `samples.${samples}` }) as const)
      const data = { encoding: label, dataset: name, wanted, found: held }
      found.push({ path: 'encoding.kind', field: 'kind', code: 'encoding.reads', data })
    }
    if (dataset.value && inferred.value.valid) {
      const { shape, classes } = dataset.value
      const input = inputShape(document.value, shape)
      const problem = input.every(Number.isInteger)
        ? fitProblem(
            document.value.model,
            inferred.value,
            input,
            classes.length,
            Number(document.value.loss.params.classes) || 0,
          )
        : null
      if (problem) found.push({ path: 'model.fit', ...problem })
    }
    if (app.status === 'lost') found.push({ path: 'host', code: 'host.disconnected', data: {} })
    const engine = app.engineOf(document.value.engine)
    if (app.info && !engine) {
      const known = app.info.engines.map((other) => other.id).join(', ')
      found.push({ path: 'engine', code: 'engine.unknown', data: { engine: document.value.engine, known } })
    }
    if (engine?.unavailable) {
      const data = { engine: engine.id, reason: engine.unavailable }
      found.push({ path: 'engine', code: 'engine.unavailable', data })
    }
    return found
  })

  const problems = computed<ExperimentProblem[]>(() => {
    const found = draft.value.inputText
    const shape: ExperimentProblem[] =
      found === null ? [] : [{ path: 'model.input', code: 'model.inputShape', data: { found } }]
    const nameless = document.value.model.layers.filter(({ id }) => id.trim() === '')
    const names: ExperimentProblem[] = nameless.map(({ id }) => ({
      path: `model.${id}`,
      code: 'model.layerName',
      data: { found: id },
    }))
    return [...shape, ...names, ...checkExperiment(document.value), ...placeProblems.value]
  })
  const valid = computed(() => problems.value.length === 0)
  const blocker = computed(() => (problems.value[0] ? errorText(problems.value[0]) : null))
  const sections = computed(() => experimentSections(document.value, base.value, problems.value))

  const changedPaths = computed(() => {
    const paths = sections.value.flatMap((section) => Object.values(section.paths))
    const fields = paths.filter(
      (path) => !sameValue(valueAt(document.value, path), baseValueAt(base.value, document.value, path)),
    )
    const transformed = JSON.stringify(document.value.transforms) !== JSON.stringify(base.value.transforms)
    return new Set(transformed ? ['transforms', ...fields] : fields)
  })
  const modelChanged = computed(
    () => JSON.stringify(document.value.model) !== JSON.stringify(base.value.model),
  )
  const changed = computed(
    () => JSON.stringify(document.value) !== JSON.stringify(base.value) || draft.value.inputText !== null,
  )

  function change(next: Partial<Draft>, mark: string | null = null): void {
    history.push({ ...draft.value, ...next }, mark)
  }

  /** Changes one value; repeated changes of one path, one soon after the other, are one step of undo. */
  function setField(path: string, value: FieldValue): void {
    if (sameValue(valueAt(document.value, path), value)) return
    change({ document: withValue(document.value, path, value) }, path)
  }

  function resetField(path: string): void {
    const value = baseValueAt(base.value, document.value, path)
    if (value !== undefined) change({ document: withValue(document.value, path, value) })
  }

  /** Takes an encoding with its time steps, as one step of undo. */
  function setCoding(encoding: EncodingSettings, timeSteps: number): void {
    change({ document: { ...document.value, encoding: structuredClone(encoding), timeSteps } })
  }

  function setModel(model: ModelDocument, mark: string | null = null): void {
    if (model !== document.value.model) change({ document: { ...document.value, model } }, mark)
  }

  /** What is done to samples before they are encoded; changes with one mark, one soon after the other, are one undo. */
  function setTransforms(transforms: TransformSettings[], mark: string | null = null): void {
    change({ document: { ...document.value, transforms } }, mark)
  }

  /** Takes an input shape as typed; what is no shape is kept and stands as a problem. */
  function setInputShape(text: string): void {
    const shape = parseShape(text)
    const model = { ...document.value.model, input: { shape: shape ?? document.value.model.input.shape } }
    change({ document: { ...document.value, model }, inputText: shape ? null : text }, 'model.input')
  }

  /** Names the experiment, and its model with it. */
  function rename(name: string): void {
    change({ document: { ...document.value, name, model: { ...document.value.model, name } } }, 'name')
  }

  function open(experiment: ExperimentDocument, name: string): void {
    change(fresh(structuredClone(experiment), name))
  }

  function openPreset(id: string): void {
    const preset = findPreset(id)
    if (preset) open(preset.experiment, preset.id)
  }

  function resetAll(): void {
    if (changed.value) change({ document: base.value, inputText: null })
  }

  watch(draft, (value) => writeStored('draft', value))

  return {
    document,
    base,
    baseName,
    dataset,
    inferred,
    inputText: computed(() => draft.value.inputText),
    problems,
    valid,
    blocker,
    sections,
    changedPaths,
    changed,
    modelChanged,
    canUndo: computed(() => history.steps.past.length > 0),
    canRedo: computed(() => history.steps.future.length > 0),
    setField,
    resetField,
    setCoding,
    setModel,
    setTransforms,
    setInputShape,
    rename,
    open,
    openPreset,
    resetAll,
    undo: history.undo,
    redo: history.redo,
    seal: history.seal,
  }
})
