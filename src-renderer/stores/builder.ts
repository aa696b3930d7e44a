import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useExperimentStore } from './experiment.ts'
import { addLayer, duplicateLayer, moveLayer, removeLayer, renameLayer, setInputs } from './layers.ts'

/** Which layer is being looked at, and the changes of the list of layers. */
export const useBuilderStore = defineStore('builder', () => {
  const experiment = useExperimentStore()
  const wanted = ref(1)

  const count = computed(() => experiment.document.model.layers.length)
  /** Place of the chosen layer; -1 where there is none. */
  const chosen = computed(() => Math.min(wanted.value, count.value - 1))
  const layer = computed(() => experiment.inferred.layers[chosen.value] ?? null)

  function choose(index: number): void {
    wanted.value = Math.max(0, Math.min(count.value - 1, index))
  }

  function chooseId(id: string): void {
    const index = experiment.document.model.layers.findIndex((node) => node.id === id)
    if (index >= 0) wanted.value = index
  }

  /** Adds a layer at a place, or behind the chosen one. */
  function add(kind: string, at = chosen.value + 1): void {
    experiment.setModel(addLayer(experiment.document.model, kind, at))
    wanted.value = at
  }

  function duplicate(): void {
    if (!layer.value) return
    experiment.setModel(duplicateLayer(experiment.document.model, chosen.value))
    wanted.value = chosen.value + 1
  }

  function remove(): void {
    if (!layer.value) return
    const at = chosen.value
    experiment.setModel(removeLayer(experiment.document.model, at))
    wanted.value = Math.max(0, Math.min(at, count.value - 1))
  }

  function move(from: number, to: number): void {
    if (to < 0 || to >= count.value) return
    experiment.setModel(moveLayer(experiment.document.model, from, to))
    wanted.value = to
  }

  function rename(id: string): void {
    const model = renameLayer(experiment.document.model, chosen.value, id)
    experiment.setModel(model, `model.name.${chosen.value}`)
  }

  /** Says what the chosen layer reads. */
  function connect(inputs: readonly string[]): void {
    experiment.setModel(setInputs(experiment.document.model, chosen.value, inputs))
  }

  return { chosen, count, layer, choose, chooseId, add, duplicate, remove, move, rename, setInputs: connect }
})
