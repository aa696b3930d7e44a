import { onBeforeUnmount, watch, type Ref, type ShallowRef } from 'vue'
import type { ElementSize } from './useSize.ts'

/**
 * Paints a canvas of the given size in device pixels, at most once a frame, whenever the scene has changed; in a new size
 * in the very frame that gives it the size, so that no picture of the size before is seen stretched.
 */
export function useCanvas(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  size: Readonly<ShallowRef<ElementSize>>,
  scene: () => unknown,
  paint: (context: CanvasRenderingContext2D) => void,
): void {
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

  watch([size, scene], ([now], [before]) => {
    if (now !== before) {
      cancelAnimationFrame(frame)
      draw()
    } else if (frame === 0) frame = requestAnimationFrame(draw)
  })
  onBeforeUnmount(() => cancelAnimationFrame(frame))
}
