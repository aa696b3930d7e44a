import { computed } from 'vue'
import type { EncodingStudy } from '../../../../src-shared/contract.ts'
import { useLabStore } from '../../../stores/lab.ts'
import { gridOf, middlePixel } from './inputs.ts'

/** The pixel and the map of inputs that the lab looks at, as they are in one study. */
export function usePixel(study: () => EncodingStudy | null) {
  const lab = useLabStore()
  const grid = computed(() => gridOf(study()?.inputShape ?? [1, 1, 1]))
  const pixel = computed(() => {
    const shown = study()
    const { height, width } = grid.value
    const wanted = lab.pixel ?? (shown ? middlePixel(shown) : 0)
    return Math.min(wanted, height * width - 1)
  })
  const channel = computed(() => Math.min(lab.channel, grid.value.channels - 1))
  const input = computed(() => channel.value * grid.value.height * grid.value.width + pixel.value)
  const row = computed(() => Math.floor(pixel.value / grid.value.width))
  const column = computed(() => pixel.value % grid.value.width)
  return { grid, pixel, channel, input, row, column }
}
