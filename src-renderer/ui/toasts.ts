import { readonly, ref } from 'vue'

/** A short word about something that happened. One with an action, or a bad one, stays until it is closed. */
export interface Toast {
  id: number
  text: string
  kind: 'plain' | 'good' | 'bad'
  action?: { label: string; run: () => void }
}

const shown = ref<Toast[]>([])
const stay = { plain: 4000, good: 4000, bad: 12000 } as const
let last = 0

export const toasts = readonly(shown)

/** Shows a toast; returns what closes it. The same text is never shown twice at a time. */
export function showToast(toast: {
  text: string
  kind?: Toast['kind']
  action?: Toast['action']
}): () => void {
  const id = ++last
  const kind = toast.kind ?? 'plain'
  const close = (): void => closeToast(id)
  shown.value = [...shown.value.filter((other) => other.text !== toast.text), { ...toast, id, kind }].slice(
    -4,
  )
  setTimeout(close, stay[kind])
  return close
}

export function closeToast(id: number): void {
  shown.value = shown.value.filter((toast) => toast.id !== id)
}
