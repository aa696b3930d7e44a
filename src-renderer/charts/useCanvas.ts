import { onBeforeUnmount, watch, type Ref, type ShallowRef } from 'vue'
import type { ElementSize } from './useSize.ts'

/**
 * Paints a canvas of the given size in device pixels, at most once a frame, whenever the scene has changed; in a new size
 * in the very frame that gives it the size, so that no picture of the size before is seen stretched.
 *
 * @param canvas fills the element that `size` is of
 */
export function useCanvas(
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  size: Readonly<ShallowRef<ElementSize>>,
  scene: () => unknown,
  paint: (context: CanvasRenderingContext2D) => void,
): void {
  let frame = 0

  /** Whether this frame gives the canvas another size; a picture of the one before would be painted for nothing. */
  function resizes(target: HTMLCanvasElement): boolean {
    const { width, height } = target.getBoundingClientRect()
    return Math.abs(width - size.value.width) > 0.1 || Math.abs(height - size.value.height) > 0.1
  }

  function onFrame(): void {
    frame = 0
    if (canvas.value && !resizes(canvas.value)) draw()
  }

  function draw(): void {
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
      frame = 0
      draw()
    } else if (frame === 0) frame = requestAnimationFrame(onFrame)
  })
  onBeforeUnmount(() => cancelAnimationFrame(frame))
}
