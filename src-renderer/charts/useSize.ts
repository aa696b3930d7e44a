import { onBeforeUnmount, onMounted, shallowRef, type Ref, type ShallowRef } from 'vue'

/** Size of an element in CSS pixels, and device pixels per CSS pixel. */
export interface ElementSize {
  width: number
  height: number
  density: number
}

/** The size of an element now and whenever it changes; zero before it is on the page. */
export function useSize(element: Readonly<Ref<HTMLElement | null>>): Readonly<ShallowRef<ElementSize>> {
  const size = shallowRef<ElementSize>({ width: 0, height: 0, density: 1 })
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect
    size.value = { width, height, density: window.devicePixelRatio || 1 }
  })
  onMounted(() => {
    if (element.value) observer.observe(element.value)
  })
  onBeforeUnmount(() => observer.disconnect())
  return size
}
