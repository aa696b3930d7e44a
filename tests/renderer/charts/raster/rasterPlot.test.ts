import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { computed, shallowRef } from 'vue'
import RasterPlot from '../../../../src-renderer/charts/raster/RasterPlot.vue'
import { fullWindow, type PlotWindow } from '../../../../src-renderer/charts/raster/coordinator.ts'
import { useGestures } from '../../../../src-renderer/charts/raster/useGestures.ts'
import { i18n } from '../../../../src-renderer/i18n/index.ts'
import { spikeBytes } from './raster.fixture.ts'

const extent = { steps: 100, neurons: 500 }

function gestures() {
  const window = shallowRef<PlotWindow>(fullWindow(extent))
  const clicks: number[] = []
  const handlers = useGestures({
    extent: computed(() => extent),
    frame: computed(() => ({ left: 0, top: 0, width: 200, height: 100 })),
    window: computed(() => window.value),
    change: (next) => (window.value = next),
    click: (x) => clicks.push(x),
  })
  const key = (name: string) => handlers.onKeydown(new KeyboardEvent('keydown', { key: name }))
  return { window, clicks, key, ...handlers }
}

describe('useGestures', () => {
  it('zooms, moves and resets by keys', () => {
    const { window, key } = gestures()
    key('+')
    expect(window.value.to - window.value.from).toBeCloseTo(70)
    const { from } = window.value
    key('ArrowRight')
    expect(window.value.from).toBeGreaterThan(from)
    key('0')
    expect(window.value).toEqual(fullWindow(extent))
  })

  it('pans by dragging, and takes a press that does not move for a click', () => {
    const { window, key, clicks, onPointerDown, onPointerMove, onPointerUp } = gestures()
    const element = document.createElement('div')
    element.setPointerCapture = () => undefined
    const at = (type: string, x: number) => {
      const event = new PointerEvent(type, { clientX: x, clientY: 50, button: 0 })
      Object.defineProperty(event, 'currentTarget', { value: element })
      return event
    }
    key('+')
    const { from } = window.value
    onPointerDown(at('pointerdown', 100))
    onPointerMove(at('pointermove', 80))
    onPointerUp(at('pointerup', 80))
    expect(window.value.from).toBeCloseTo(from + 7)
    expect(clicks).toEqual([])
    onPointerDown(at('pointerdown', 60))
    onPointerUp(at('pointerup', 60))
    expect(clicks).toEqual([60])
  })
})

describe('RasterPlot', () => {
  it('says in words what it shows', () => {
    const plot = mount(RasterPlot, {
      props: {
        spikes: spikeBytes(4, 3, [
          [0, 1],
          [2, 1],
        ]),
        steps: 4,
        neurons: 3,
        layer: 'lif1',
        run: 'r',
        sample: 'test-0',
      },
      global: { plugins: [i18n] },
    })
    expect(plot.attributes('aria-label')).toContain(
      'lif1: 2 spikes of 3 neurons over 4 steps, 2 neurons silent',
    )
    expect(plot.attributes('tabindex')).toBe('0')
    plot.unmount()
  })
})
