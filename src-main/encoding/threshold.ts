/** A probability as the numbers that 16-bit random draws are compared with. */
export interface SpikeThreshold {
  /** 0 to 65536: a first draw below it is a spike. */
  high: number
  /** 0 to 65535: on a first draw equal to `high`, a second draw below `low` is a spike. */
  low: number
}

/** `floor(p·2³²)` split into its upper and lower 16 bits, for p in [0,1]. */
export function spikeThreshold(probability: number): SpikeThreshold {
  const threshold = Math.floor(probability * 0x100000000)
  return { high: Math.floor(threshold / 0x10000), low: threshold % 0x10000 }
}
