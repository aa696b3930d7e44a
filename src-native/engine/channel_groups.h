#pragma once
// Which blocks of channels a convolution in groups lets see each other, and where their weights lie. Of each block of
// outputs only the blocks of inputs are kept that its groups read.
#include "plan.h"

namespace spikedesk {

/** Blocks of inputs that a block of outputs reads; of weights without groups all. */
BlockRange inputBlocksOf(const Tensor &weight, int outputBlock);
/** Blocks of outputs that read a block of inputs. */
BlockRange outputBlocksOf(const Tensor &weight, int inputBlock);
/** The first of the kernel's places, among those kept for a block of outputs, that belongs to a block of inputs. */
int firstChunkOf(const Tensor &weight, int outputBlock, int inputBlock);
/** Blocks of inputs that are kept for each block of outputs: the most that one reads. */
int keptInputBlocks(const Tensor &weight);

/** Sets how a convolution with such weights reads maps of so many steps, forward and back. */
void readConvolution(const Tensor &weight, MapStage &map, int steps);

} // namespace spikedesk
