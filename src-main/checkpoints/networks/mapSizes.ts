import type { Block, ConvolutionBlock } from './blocks.ts'

/**
 * The paddings and poolings of a convolutional network, found from the number of inputs of the linear layer that
 * follows. Strides are 1, pools 2×2; paddings keep the size, or are 0.
 */
export interface MapPlan {
  /** For each convolution. */
  padding: number[]
  pooled: boolean[]
  /** Side of an adaptive average pool before the linear layer; 0 where there is none. */
  adaptive: number
}

function sides(
  side: number,
  convolutions: readonly ConvolutionBlock[],
  { padding, pooled }: MapPlan,
): number {
  return convolutions.reduce((size, { kernel }, i) => {
    const after = size + 2 * padding[i] - kernel + 1
    return pooled[i] ? Math.floor(after / 2) : after
  }, side)
}

/** Every choice of some flags; beyond so many, only all alike. */
function choices(count: number, most: number): boolean[][] {
  if (count > most) return [Array<boolean>(count).fill(true), Array<boolean>(count).fill(false)]
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, i) => ((bits >> i) & 1) === 0),
  )
}

const alike = (flags: readonly boolean[]): boolean => flags.every((flag) => flag === flags[0])

/** How unusual a plan is: the usual keeps sizes in convolutions and halves them after each. */
function cost(kept: readonly boolean[], pooled: readonly boolean[]): number {
  return (
    (alike(kept) ? 0 : 10) +
    (kept[0] ? 0 : 1) +
    (alike(pooled) ? 0 : 5) +
    pooled.filter((pool) => !pool).length
  )
}

/**
 * Plans that fit, the most usual first. `known` says after which convolutions a pool stands in the file; null
 * where nothing is known. `features` is the number of inputs of the linear layer; null where there is none.
 */
export function mapPlans(
  side: number,
  convolutions: readonly ConvolutionBlock[],
  known: readonly boolean[] | null,
  features: number | null,
): MapPlan[] {
  const count = convolutions.length
  const channels = convolutions.at(-1)?.outputs ?? 1
  const paddings = choices(count, 6)
  const pools = known
    ? [[...known]]
    : features === null
      ? [Array<boolean>(count).fill(false)]
      : choices(count, 6)
  const found: { plan: MapPlan; cost: number }[] = []
  for (const kept of paddings) {
    for (const pooled of pools) {
      const padding = convolutions.map(({ kernel }, i) => (kept[i] ? Math.floor((kernel - 1) / 2) : 0))
      const plan: MapPlan = { padding, pooled, adaptive: 0 }
      const last = sides(side, convolutions, plan)
      if (last < 1 || (features !== null && channels * last * last !== features)) continue
      found.push({ plan, cost: cost(kept, pooled) })
    }
  }
  const plans = found.sort((a, b) => a.cost - b.cost).map(({ plan }) => plan)
  const different = new Map(plans.map((plan) => [planText(plan, convolutions), plan]))
  return different.size > 0
    ? [...different.values()]
    : adaptivePlan(side, convolutions, known, features, channels)
}

/** Where no sizes fit, the maps are averaged down to the wanted size. */
function adaptivePlan(
  side: number,
  convolutions: readonly ConvolutionBlock[],
  known: readonly boolean[] | null,
  features: number | null,
  channels: number,
): MapPlan[] {
  const adaptive = Math.sqrt((features ?? 0) / channels)
  const plan: MapPlan = {
    padding: convolutions.map(({ kernel }) => Math.floor((kernel - 1) / 2)),
    pooled: convolutions.map((_, i) => known?.[i] ?? false),
    adaptive,
  }
  const last = sides(side, convolutions, plan)
  return Number.isInteger(adaptive) && adaptive >= 1 && last >= adaptive ? [plan] : []
}

/** A plan in a line: `conv1 padding 2, pool; conv2 padding 2`. */
export function planText(
  { padding, pooled, adaptive }: MapPlan,
  convolutions: readonly ConvolutionBlock[],
): string {
  const parts = convolutions.map(({ id }, i) => `${id}: padding ${padding[i]}${pooled[i] ? ', pool 2' : ''}`)
  return [...parts, ...(adaptive ? [`adaptive pool ${adaptive}`] : [])].join('; ')
}

/** Convolutions of a network and what is known of the pools after them. */
export function convolutionsOf(blocks: readonly Block[]): {
  convolutions: ConvolutionBlock[]
  known: boolean[] | null
} {
  const convolutions: ConvolutionBlock[] = []
  const pooled: boolean[] = []
  for (const block of blocks) {
    if (block.kind === 'conv') {
      convolutions.push(block)
      pooled.push(false)
    } else if (block.kind === 'linear' || block.kind === 'parallel') break
    else if (block.kind === 'pool' && pooled.length > 0) pooled[pooled.length - 1] = true
  }
  return { convolutions, known: pooled.some(Boolean) ? pooled : null }
}
