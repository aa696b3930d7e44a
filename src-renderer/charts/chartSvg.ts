import { use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { init, type ChartOption } from './echarts.ts'
import type { ElementSize } from './useSize.ts'

use([SVGRenderer])

/** A chart as a drawing of the given size in pixels, on a background. */
export function chartSvg(option: ChartOption, { width, height }: ElementSize, background: string): Blob {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, backgroundColor: background })
    return new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' })
  } finally {
    chart.dispose()
  }
}
