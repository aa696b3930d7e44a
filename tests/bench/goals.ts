/**
 * Training speed that each workload has to reach with two threads, in images a second, on a machine whose two
 * cores reach `peakGflops` on multiply-adds; elsewhere in proportion to the peak measured there.
 */
export const peakGflops = 469

export const goals = [
  { workload: 'fc-leaky-100', imagesPerSecond: 200_000 },
  { workload: 'fc-leaky-1000', imagesPerSecond: 30_000 },
  { workload: 'linear-lif-poisson', imagesPerSecond: 20_000 },
] as const
