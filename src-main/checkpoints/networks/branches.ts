import { FileProblem } from '../../containers/fileProblem.ts'
import type { ConvolutionBlock } from './blocks.ts'
import type { FoundModule } from './modules.ts'
import type { Placed } from './places.ts'

/**
 * A state dict lists modules and not how they are connected. What branches is told by names and channels, and refused
 * rather than read as a chain that computes something else.
 */

/** What torchvision, snnTorch and spikingjelly call the way around a block. */
const shortcut =
  /^(downsample|down_sample|shortcut|short_cut|skip|skip_?conn(ection)?|residual|res_?conv|identity|proj(ection)?)\d*$/i
/** `layer1.0.conv2`, the second convolution of a block in a stage: a block of a ResNet has a way around it. */
const inBlock = /^(.*(?:layer|block|stage|res)\w*\.\d+)\.conv2\b/i

/** Throws FileProblem for modules that are named as parts of residual networks. */
export function requireNoShortcut(modules: readonly FoundModule[]): void {
  const around = modules.find(({ path }) => path.split('.').some((part) => shortcut.test(part)))
  if (around) throw new FileProblem('problem.shortcut', { layer: around.path })
  for (const { path } of modules) {
    const block = inBlock.exec(path)?.[1]
    if (block !== undefined) throw new FileProblem('problem.residualBlock', { block })
  }
}

function channelsRead({ inputs, outputs }: ConvolutionBlock, channels: number): boolean {
  // Groups: all read as many channels, and give as many.
  return channels % inputs === 0 && outputs % (channels / inputs) === 0
}

/**
 * Throws FileProblem where a convolution cannot read what the one before it gives, or more likely reads what an
 * earlier one gives: one of 1×1 in groups is the way around a block.
 */
export function requireChain(blocks: readonly Placed[]): void {
  const before: ConvolutionBlock[] = []
  for (const block of blocks) {
    if (block.kind !== 'conv') continue
    const last = before.at(-1)
    const earlier = before.slice(0, -1).some(({ outputs }) => outputs === block.inputs)
    const grouped = last !== undefined && last.outputs !== block.inputs
    const around = grouped && block.kernel === 1 && block.inputs > 1 && earlier
    if (last && (around || !channelsRead(block, last.outputs))) {
      const data = { layer: block.id, reads: block.inputs, before: last.id, gives: last.outputs }
      throw new FileProblem('problem.branches', data)
    }
    before.push(block)
  }
}
