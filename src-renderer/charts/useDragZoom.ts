import type { Ref, ShallowRef } from 'vue'

/** Part of the horizontal axis that is shown; null is all of it. */
export type AxisWindow = readonly [number, number] | null

export interface DragZoomOptions {
  /** The element that shows what is being selected. */
  box: Readonly<Ref<HTMLElement | null>>
  host: Readonly<Ref<HTMLElement | null>>
  /** The whole axis. */
  bounds: () => readonly [number, number]
  window: ShallowRef<AxisWindow>
  /** Value of the axis at a horizontal pixel of the host. */
  valueAt: (x: number) => number
}

/** Fewer pixels than this are a click, not a selection. */
const clickSlack = 5

/** A window inside the bounds; null where it is all of them or nothing is left of it. */
export function axisWindow(from: number, to: number, [low, high]: readonly [number, number]): AxisWindow {
  const smallest = Math.min(4, high - low)
  const length = Math.min(Math.max(to - from, smallest), high - low)
  if (!(length > 0) || length >= high - low) return null
  const start = Math.min(Math.max(from, low), high - length)
  return [start, start + length]
}

/** Drag selects a part of the axis, double-click shows all, arrows move, + and - zoom, 0 or Escape resets. */
export function useDragZoom({ box, host, bounds, window, valueAt }: DragZoomOptions) {
  let start: number | null = null

  function xIn(event: PointerEvent): number {
    const area = host.value?.getBoundingClientRect()
    return area ? Math.min(area.width, Math.max(0, event.clientX - area.left)) : 0
  }

  function show(from: number, to: number): void {
    if (!box.value) return
    box.value.hidden = Math.abs(to - from) < clickSlack
    box.value.style.left = `${Math.min(from, to)}px`
    box.value.style.width = `${Math.abs(to - from)}px`
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return
    start = xIn(event)
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId)
  }

  function onPointerMove(event: PointerEvent): void {
    if (start !== null) show(start, xIn(event))
  }

  function onPointerUp(event: PointerEvent): void {
    if (start === null) return
    const from = Math.min(start, xIn(event))
    const to = Math.max(start, xIn(event))
    start = null
    if (box.value) box.value.hidden = true
    if (event.type === 'pointerup' && to - from >= clickSlack) {
      window.value = axisWindow(valueAt(from), valueAt(to), bounds())
    }
  }

  function reset(): void {
    window.value = null
  }

  function onKeydown(event: KeyboardEvent): void {
    const [from, to] = window.value ?? bounds()
    const length = to - from
    const moves: Record<string, () => void> = {
      ArrowLeft: () => (window.value = axisWindow(from - length / 8, to - length / 8, bounds())),
      ArrowRight: () => (window.value = axisWindow(from + length / 8, to + length / 8, bounds())),
      '+': () => (window.value = axisWindow(from + length / 6, to - length / 6, bounds())),
      '=': () => (window.value = axisWindow(from + length / 6, to - length / 6, bounds())),
      '-': () => (window.value = axisWindow(from - length / 4, to + length / 4, bounds())),
      '0': reset,
      Escape: reset,
    }
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  return { onPointerDown, onPointerMove, onPointerUp, onKeydown, reset }
}
