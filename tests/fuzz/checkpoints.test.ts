import { describe, expect, it } from 'vitest'
import { damaged, lookAt, randomBits } from '../corpus/checkpointMutations.ts'
import { seedFiles } from '../corpus/checkpointSeeds.ts'

/** Many damaged files of every format; SPIKEDESK_FUZZ_SEED takes other ones. Takes some minutes. */

const cases = 20_000
const seed = Number(process.env.SPIKEDESK_FUZZ_SEED ?? 20261122)
/** What a hang would be: no case takes a tenth of it. */
const longest = 5000
const files = await seedFiles()

describe.each(Object.keys(files))('%s', (format) => {
  it(`opens or is refused, ${cases} times from seed ${seed}`, () => {
    const whole = files[format]
    lookAt(whole)
    global.gc?.()
    const before = process.memoryUsage().rss
    let slowest = 0
    for (let i = 0; i < cases; i++) {
      const bytes = damaged(whole, randomBits(seed + i))
      const start = performance.now()
      try {
        lookAt(bytes)
      } catch (thrown) {
        throw new Error(`case ${i} of seed ${seed}`, { cause: thrown })
      }
      slowest = Math.max(slowest, performance.now() - start)
    }
    console.log(
      `${format}: ${cases} cases, slowest ${slowest.toFixed(1)} ms, grown ${((process.memoryUsage().rss - before) / 2 ** 20).toFixed(0)} MiB`,
    )
    expect(slowest).toBeLessThan(longest)
  })
})
