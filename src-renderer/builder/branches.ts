/** What a branch does beside one layer of the list: leaves it, passes it by, goes into it and on, or ends in it. */
export interface BranchPart {
  lane: number
  part: 'leaves' | 'passes' | 'taps' | 'ends'
}

export interface Branches {
  lanes: number
  /** For each layer what is drawn beside it. */
  rows: BranchPart[][]
  /** Whether each layer reads the one before it (the first: the input). */
  joined: boolean[]
}

/** The first lane that is free from the row of a branch's source on. */
function freeLane(ends: readonly number[], from: number): number {
  const lane = ends.findIndex((end) => end < from)
  return lane < 0 ? ends.length : lane
}

/**
 * How the connections of a list of layers are drawn: neighbours on the wire, the others on lanes beside it, one for
 * each layer that others than the next one read.
 *
 * @param ids the layers in their order
 * @param inputs what each reads; names that are no earlier layer are left out
 * @param network what stands for the input of the network, which lies before the first layer
 */
export function branchesOf(
  ids: readonly string[],
  inputs: readonly (readonly string[])[],
  network: string,
): Branches {
  const placeOf = (id: string): number => (id === network ? -1 : ids.indexOf(id))
  const reads = inputs.map((each, i) =>
    each.map(placeOf).filter((place, at) => place < i && (place >= 0 || each[at] === network)),
  )
  const rows: BranchPart[][] = ids.map(() => [])
  const ends: number[] = []
  for (let from = -1; from < ids.length; from++) {
    const readers = ids.map((_, i) => i).filter((i) => i > from + 1 && reads[i].includes(from))
    const last = readers.at(-1)
    if (last === undefined) continue
    const lane = freeLane(ends, from)
    ends[lane] = last
    if (from >= 0) rows[from].push({ lane, part: 'leaves' })
    for (let i = from + 1; i <= last; i++) {
      const taps = readers.includes(i)
      rows[i].push({ lane, part: i === last ? 'ends' : taps ? 'taps' : 'passes' })
    }
  }
  return { lanes: ends.length, rows, joined: reads.map((each, i) => each.includes(i - 1)) }
}
