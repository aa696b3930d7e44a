import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref } from 'vue'

/** Size of a canvas in CSS pixels and its device pixels per CSS pixel. */
export interface CanvasSize {
  width: number
  height: number
  density: number
}

/**
 * Keeps a canvas as large as its parent, in device pixels, and paints it at most once a frame whenever what
 * `paint` reads has changed.
 */
export function useCanvas(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  scene: () => unknown,
  paint: (context: CanvasRenderingContext2D) => void,
) {
  const size = shallowRef<CanvasSize>({ width: 0, height: 0, density: 1 })
  let frame = 0

  function draw(): void {
    frame = 0
    const target = canvas.value
    const { width, height, density } = size.value
    if (!target || width < 1 || height < 1) return
    const across = Math.round(width * density)
    const down = Math.round(height * density)
    if (target.width !== across) target.width = across
    if (target.height !== down) target.height = down
    const context = target.getContext('2d')
    if (context) paint(context)
  }

  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect
    size.value = { width, height, density: window.devicePixelRatio || 1 }
  })

  onMounted(() => {
    const parent = canvas.value?.parentElement
    if (parent) observer.observe(parent)
    schedule()
  })
  watch([size, scene], schedule)
  onBeforeUnmount(() => {
    observer.disconnect()
    cancelAnimationFrame(frame)
  })
  return { size }
}
