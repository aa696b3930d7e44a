import '../styles.ts'
import type { ComputedRef } from 'vue'
import {
  fullWindow,
  neuronAt,
  panWindow,
  stepAt,
  zoomWindow,
  type Extent,
  type PlotFrame,
  type PlotWindow,
} from './coordinator.ts'

export interface GestureOptions {
  extent: ComputedRef<Extent>
  frame: ComputedRef<PlotFrame>
  window: ComputedRef<PlotWindow>
  /** Takes the window that a gesture leads to. */
  change: (window: PlotWindow) => void
  /** A click that was no drag, in pixels of the element. */
  click?: (x: number, y: number) => void
}

/** Below so many neurons all of them stay in view: only time zooms. */
const fewNeurons = 40
const clickSlack = 4

/** Position of a pointer in its element. */
export function pointIn(event: MouseEvent): { x: number; y: number } {
  const area = (event.currentTarget as Element).getBoundingClientRect()
  return { x: event.clientX - area.left, y: event.clientY - area.top }
}

/** Wheel zooms at the cursor (Shift: time alone), drag pans, double-click resets; arrows, + and - do the same. */
export function useGestures({ extent, frame, window, change, click }: GestureOptions) {
  let dragged: { x: number; y: number; moved: boolean; window: PlotWindow } | null = null

  function zoom(factor: number, x: number, y: number, timeAlone: boolean): void {
    const at = { step: stepAt(window.value, frame.value, x), neuron: neuronAt(window.value, frame.value, y) }
    const axes = { time: true, neurons: !timeAlone && extent.value.neurons > fewNeurons }
    change(zoomWindow(window.value, extent.value, factor, at, axes))
  }

  function onWheel(event: WheelEvent): void {
    const { x, y } = pointIn(event)
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
    const delta = (event.deltaY || event.deltaX) * lines
    zoom(Math.exp(Math.max(-120, Math.min(120, delta)) * 0.0025), x, y, event.shiftKey)
  }

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return
    dragged = { ...pointIn(event), moved: false, window: window.value }
    ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
  }

  function onPointerMove(event: PointerEvent): void {
    if (!dragged) return
    const { x, y } = pointIn(event)
    if (!dragged.moved && Math.hypot(x - dragged.x, y - dragged.y) < clickSlack) return
    dragged.moved = true
    const { width, height } = frame.value
    const shown = dragged.window
    const steps = ((dragged.x - x) / width) * (shown.to - shown.from)
    const neurons = ((y - dragged.y) / height) * (shown.high - shown.low)
    change(panWindow(shown, extent.value, steps, neurons))
  }

  function onPointerUp(event: PointerEvent): void {
    const was = dragged
    dragged = null
    if (was && !was.moved && event.type === 'pointerup') click?.(was.x, was.y)
  }

  function reset(): void {
    change(fullWindow(extent.value))
  }

  function onKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const shown = window.value
    const steps = Math.max(1, (shown.to - shown.from) / 8)
    const neurons = Math.max(1, (shown.high - shown.low) / 8)
    const { left, top, width, height } = frame.value
    const pan = (byStep: number, byNeuron: number) => change(panWindow(shown, extent.value, byStep, byNeuron))
    const keys: Record<string, () => void> = {
      ArrowLeft: () => pan(-steps, 0),
      ArrowRight: () => pan(steps, 0),
      ArrowUp: () => pan(0, neurons),
      ArrowDown: () => pan(0, -neurons),
      '+': () => zoom(0.7, left + width / 2, top + height / 2, event.shiftKey),
      '=': () => zoom(0.7, left + width / 2, top + height / 2, event.shiftKey),
      '-': () => zoom(1 / 0.7, left + width / 2, top + height / 2, event.shiftKey),
      '0': reset,
      Escape: reset,
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return {
    onWheel,
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onKeydown,
    reset,
    dragging: () => dragged?.moved === true,
  }
}
