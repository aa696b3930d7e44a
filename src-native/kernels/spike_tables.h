#pragma once
// 16 spikes as three indices of 5, 5 and 6 bits. A table of all sums that 5 or 6 inputs can make replaces an addition
// for each spike by one for each third of a block, whatever the density ("four Russians": Arlazarov, Dinic, Kronrod,
// Faradzhev 1970). Backward the same tables collect gradients by pattern before they are handed out to the inputs.
#include "vector.h"

namespace {

constexpr int kTableThirds = 3;
constexpr int kTableShift[kTableThirds] = {0, 5, 10};
constexpr int kTableBits[kTableThirds] = {5, 5, 6};
constexpr int kTableStart[kTableThirds] = {0, 32, 64};
constexpr int kTableEntries = 128;
constexpr int kTableFloats = kTableEntries * kLanes;
/** Blocks of inputs that are worked on at once, so that their tables (32 KiB) stay in the first-level cache. */
constexpr int kTableBlocks = 4;

INLINE size_t tableAt(uint32_t spikes, int third) {
  const uint32_t pattern = (spikes >> kTableShift[third]) & ((1u << kTableBits[third]) - 1);
  return (size_t)(kTableStart[third] + pattern) * kLanes;
}

} // namespace
