import './styles.ts'
import { onBeforeUnmount, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { init, type ChartOption, type EChartsType } from './echarts.ts'
import type { ElementSize } from './useSize.ts'

/**
 * Keeps an ECharts instance in `host` for the life of the component: made once the host has a size, resized
 * with it, given the option at most once a frame, however often the data changes.
 */
export function useChart(
  host: Readonly<Ref<HTMLElement | null>>,
  size: Readonly<ShallowRef<ElementSize>>,
  option: () => ChartOption,
): Readonly<ShallowRef<EChartsType | null>> {
  const chart = shallowRef<EChartsType | null>(null)
  let frame = 0

  function apply(): void {
    frame = 0
    const { width, height } = size.value
    if (width < 1 || height < 1 || !host.value) return
    if (!chart.value) chart.value = init(host.value, null, { renderer: 'canvas', width, height })
    else if (chart.value.getWidth() !== Math.floor(width) || chart.value.getHeight() !== Math.floor(height)) {
      chart.value.resize({ width, height })
    }
    chart.value.setOption(option(), { replaceMerge: ['series'], silent: true })
  }

  watch([size, option], () => {
    if (frame === 0) frame = requestAnimationFrame(apply)
  })
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame)
    chart.value?.dispose()
    chart.value = null
  })
  return chart
}
