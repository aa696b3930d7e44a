#include "channel_groups.h"

#include <algorithm>
#include <numeric>

#include "window_reading.h"

namespace spikedesk {

namespace {

/** Of `each` channels a group on one side and `others` on the other: the blocks of the others that a block sees. */
BlockRange across(int block, int channels, int each, int others) {
  const int first = block * kBlock / each, last = (std::min(channels, (block + 1) * kBlock) - 1) / each;
  const int from = first * others / kBlock;
  return {from, blocksOf((last + 1) * others) - from};
}

/** Blocks side by side that see the same blocks are one section. */
template <class Range> std::vector<GroupSection> sections(int blocks, Range rangeOf) {
  std::vector<GroupSection> all;
  for (int block = 0; block < blocks; block++) {
    const BlockRange from = rangeOf(block);
    if (!all.empty() && all.back().from == from) all.back().to.count++;
    else all.push_back({{block, 1}, from, {}, {}});
  }
  return all;
}

} // namespace

BlockRange inputBlocksOf(const Tensor &weight, int outputBlock) {
  return across(outputBlock, weight.shape[0], weight.shape[0] / weight.groups, weight.shape[1]);
}

BlockRange outputBlocksOf(const Tensor &weight, int inputBlock) {
  return across(inputBlock, weight.shape[1] * weight.groups, weight.shape[1], weight.shape[0] / weight.groups);
}

int firstChunkOf(const Tensor &weight, int outputBlock, int inputBlock) {
  return (inputBlock - inputBlocksOf(weight, outputBlock).first) * weight.places;
}

int keptInputBlocks(const Tensor &weight) {
  int most = 1;
  for (int block = 0; block < blocksOf(weight.shape[0]); block++) most = std::max(most, inputBlocksOf(weight, block).count);
  return most;
}

/** Fills `forwardSections` and `backwardSections` from how the maps are read. */
static void makeSections(const Tensor &weight, MapStage &map) {
  const int taps = weight.places, inputs = blocksOf(weight.shape[1] * weight.groups), outputs = blocksOf(weight.shape[0]);
  map.forwardSections = sections(outputs, [&](int block) { return inputBlocksOf(weight, block); });
  map.backwardSections = sections(inputs, [&](int block) { return outputBlocksOf(weight, block); });
  // Offsets count from the first block that is read; forward a block's places follow each other, backward a place's blocks.
  for (GroupSection &s : map.forwardSections) {
    const size_t chunks = (size_t)(s.from.count * taps), first = (size_t)(s.from.first * taps);
    for (size_t k = 0; k < chunks; k++) {
      s.offsets.push_back(map.forward.offsets[k]);
      s.counts.push_back(map.forward.counts[first + k]);
    }
  }
  int most = 1;
  for (GroupSection &s : map.backwardSections) {
    most = std::max(most, s.from.count);
    for (int tap = 0; tap < taps; tap++) {
      for (int k = 0; k < s.from.count; k++) {
        s.offsets.push_back(map.backward.offsets[(size_t)(tap * outputs + k)]);
        s.counts.push_back(map.backward.counts[(size_t)(tap * outputs + s.from.first + k)]);
      }
    }
  }
  map.transposedRow = (size_t)(taps * most) * kBlock * kBlock;
}

void readConvolution(const Tensor &weight, MapStage &map, int steps) {
  readWindow(map, steps);
  if (map.inPhases) {
    readBackwardPhases(map, steps);
  } else {
    map.backward = readBackward(map.window, steps);
    map.phases = {{0, 0, map.window.height, map.window.width, 0, weight.places}};
    map.tapOrder.resize((size_t)weight.places);
    std::iota(map.tapOrder.begin(), map.tapOrder.end(), 0);
  }
  makeSections(weight, map);
}

} // namespace spikedesk
