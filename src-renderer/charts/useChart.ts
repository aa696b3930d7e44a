import './charts.css'
import { onBeforeUnmount, onMounted, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { init, type ChartOption, type EChartsType } from './echarts.ts'

/** A chart on a page: the instance once it stands, and its size in CSS pixels. */
export interface ChartHandle {
  chart: Readonly<ShallowRef<EChartsType | null>>
  size: Readonly<ShallowRef<{ width: number; height: number }>>
}

/**
 * Keeps an ECharts instance in `host` for the life of the component: made once the host has a size, resized
 * with it, given the option whenever it changes.
 */
export function useChart(host: Readonly<Ref<HTMLElement | null>>, option: () => ChartOption): ChartHandle {
  const chart = shallowRef<EChartsType | null>(null)
  const size = shallowRef({ width: 0, height: 0 })
  let frame = 0

  function apply(): void {
    frame = 0
    chart.value?.setOption(option(), { replaceMerge: ['series'], lazyUpdate: false, silent: true })
  }

  /** At most one redraw a frame, however often the data changes. */
  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(apply)
  }

  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect
    if (width < 1 || height < 1 || !host.value) return
    if (chart.value) chart.value.resize({ width, height })
    else chart.value = init(host.value, null, { renderer: 'canvas', width, height })
    size.value = { width, height }
  })

  onMounted(() => {
    if (host.value) observer.observe(host.value)
  })
  watch([chart, size, option], schedule)
  onBeforeUnmount(() => {
    observer.disconnect()
    cancelAnimationFrame(frame)
    chart.value?.dispose()
    chart.value = null
  })
  return { chart, size }
}
