import type { Block, NeuronBlock, NormBlock } from './blocks.ts'

/** Brings the parts of a network into the order in which they compute. */

/** A module of which only its place is known. */
export interface UnknownBlock {
  kind: 'unknown'
  id: string
}

export type Placed = Block | UnknownBlock

type Synapse = Extract<Block, { kind: 'linear' | 'conv' | 'parallel' }>

export function isSynapse(block: Placed | undefined): block is Synapse {
  return block?.kind === 'linear' || block?.kind === 'conv' || block?.kind === 'parallel'
}

/** A synapse and all that follows it up to the next. */
type Segment = Placed[]

function segments(blocks: readonly Placed[]): { head: Placed[]; segments: Segment[] } {
  const found: Segment[] = []
  const head: Placed[] = []
  for (const block of blocks) {
    if (isSynapse(block)) found.push([block])
    else (found.at(-1) ?? head).push(block)
  }
  return { head, segments: found }
}

/**
 * Modules are often made group by group: first all synapses, then all neurons. Then the first neuron belongs to the
 * first synapse, and so on. Gives null where they are in order as they stand, or where the numbers do not match.
 */
export function pairedByOrder(blocks: readonly Placed[]): Placed[] | null {
  const { segments: found } = segments(blocks)
  const neurons = blocks.filter((block): block is NeuronBlock => block.kind === 'neuron')
  const alternate = found.every((segment) => segment.filter(({ kind }) => kind === 'neuron').length <= 1)
  const synapses = blocks.filter(isSynapse)
  if (alternate || neurons.length !== synapses.length) return null
  const norms = blocks.filter((block): block is NormBlock => block.kind === 'norm')
  return synapses.flatMap((synapse, i) => {
    const norm =
      norms.length === synapses.length
        ? norms[i]
        : norms.find((candidate) => sharesNumber(candidate, synapse))
    return [synapse, ...(norm ? [norm] : []), neurons[i]]
  })
}

/** `bn1` and `conv1`. */
function sharesNumber(norm: NormBlock, synapse: Synapse): boolean {
  const number = /\d+$/.exec(norm.id)?.[0]
  return number !== undefined && number === /\d+$/.exec(synapse.id)?.[0] && synapse.kind === 'conv'
}

/** What an unknown module does between two synapses, by what stands around it. */
function settle(rest: Placed[], from: Synapse | null, to: Synapse | undefined): Block[] {
  const unknown = rest.filter(({ kind }) => kind === 'unknown')
  return rest.flatMap((block): Block[] => {
    if (block.kind !== 'unknown') return [block]
    const { id } = block
    const place = unknown.indexOf(block)
    const last = place === unknown.length - 1
    if (!to) return []
    if (to.kind === 'conv') return [{ kind: from && place === 0 ? 'pool' : 'dropout', id }]
    if (from?.kind === 'linear' || from?.kind === 'parallel') return [{ kind: 'dropout', id }]
    if (last) return [{ kind: 'flatten', id }]
    return [{ kind: from && place === 0 ? 'pool' : 'dropout', id }]
  })
}

/**
 * Gives every module its part: unknown ones by their neighbours, and a neuron to every synapse that has none, where
 * `invent` makes one (of an unknown module's name, or a new one).
 */
export function settlePlaces(
  blocks: readonly Placed[],
  invent: ((id: string) => NeuronBlock) | null,
): Block[] {
  const { head, segments: found } = segments(blocks)
  const synapses = found.map(([synapse]) => synapse as Synapse)
  const begin = settle(head, null, synapses.at(0))
  const rest = found.flatMap((segment, i) => {
    const [synapse, ...after] = segment
    if (invent && !after.some(({ kind }) => kind === 'neuron')) {
      const place = after.findIndex(({ kind }) => kind === 'unknown')
      if (place >= 0) after[place] = invent(after[place].id)
      else
        after.splice(
          after.findLastIndex(({ kind }) => kind === 'norm') + 1,
          0,
          invent(`${synapse.id}_neuron`),
        )
    }
    return [synapse as Synapse, ...settle(after, synapses[i], synapses.at(i + 1))]
  })
  return [...begin, ...rest]
}
