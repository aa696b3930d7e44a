import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { DatasetCard } from '../../src-shared/contract.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { useBridge } from '../bridge/index.ts'
import { errorText } from '../i18n/errors.ts'
import { cardInWords } from '../i18n/tables.ts'
import { showToast } from '../ui/toasts.ts'

/** The datasets that the workspace knows. */
export const useDatasetsStore = defineStore('datasets', () => {
  const bridge = useBridge()
  const found = shallowRef<readonly DatasetCard[]>([])
  const cards = computed(() => found.value.map(cardInWords))
  const loaded = ref(false)

  function take(all: readonly DatasetCard[]): void {
    found.value = [...all].sort((a, b) => Number(b.bundled) - Number(a.bundled))
    loaded.value = true
  }

  async function load(): Promise<void> {
    try {
      take(await bridge.request('datasets.list', {}))
    } catch (error) {
      if (bridge.status === 'open') showToast({ text: errorText(error), kind: 'bad' })
    }
  }

  bridge.onStatus((status) => status === 'open' && void load())
  bridge.on('datasets.changed', (event) => take(event.cards))
  if (bridge.status === 'open') void load()

  function cardOf(id: string): DatasetCard | undefined {
    return cards.value.find((card) => card.id === id)
  }

  /** Puts a card in the place of an earlier one of its id, or at the end. */
  function put(card: DatasetCard): DatasetCard {
    const known = found.value.some(({ id }) => id === card.id)
    take(known ? found.value.map((other) => (other.id === card.id ? card : other)) : [...found.value, card])
    return card
  }

  /** Adds a folder or file, under the name of a job; rejects with the sentence of what is wrong with it. */
  async function add(path: string, job: string, settings: FieldValues): Promise<DatasetCard> {
    return put(await bridge.request('datasets.import', { job, path, settings }))
  }

  /** Takes a dataset off the list; its files stay where they are. */
  async function remove(id: string): Promise<void> {
    await bridge.request('datasets.remove', { id })
    take(found.value.filter((card) => card.id !== id))
  }

  return { cards, loaded, cardOf, put, add, remove }
})
