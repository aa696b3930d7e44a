#pragma once
// Tables of sums: all sums that 5 or 6 rows can make, found by 5 or 6 spikes, replace an addition for each spike by one
// for each group, whatever the density ("four Russians": Arlazarov, Dinic, Kronrod, Faradzhev 1970). Forward the rows
// are weights and a block of 16 inputs is three groups; backward the rows are gradients and steps are grouped.
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
/** Of them, blocks of outputs, which share the reading of the spikes, times blocks of inputs. */
constexpr int kPairBlocks = 2;
constexpr int kPairChunks = kTableBlocks / kPairBlocks;

/** Log2 of the bytes of an entry. */
constexpr int kEntryShift = 6;
static_assert(kLanes * sizeof(float) == 1u << kEntryShift, "an entry is a row of 16 floats");

/** The entry of `table` that bits [shift, shift + count) of `spikes` choose. */
INLINE Floats entryOf(const float *table, uint32_t spikes, int shift, int count) {
  const uint32_t bytes = shift > kEntryShift ? spikes >> (shift - kEntryShift) : spikes << (kEntryShift - shift);
  return load((const float *)((const char *)table + (bytes & ((1u << count) - 1) << kEntryShift)));
}

/** Fills a table with all sums of `Count` rows; entry p is the sum of the rows whose bit is set in p, ascending. */
template <int Count> INLINE void fillEntries(const float *rows, float *table) {
  if constexpr (Count == 0) {
    store(table, zeros());
  } else {
    constexpr int half = 1 << (Count - 1);
    const Floats row = load(rows + (Count - 1) * kLanes);
    fillEntries<Count - 1>(rows, table);
#pragma GCC unroll 32
    for (int i = 0; i < half; i++) store(table + (half + i) * kLanes, load(table + i * kLanes) + row);
  }
}

/** The three tables of the 16 weights rows of a block of inputs. */
inline void fillTable(const float *weight, float *table) {
  fillEntries<kTableBits[0]>(weight, table);
  fillEntries<kTableBits[1]>(weight + kTableShift[1] * kLanes, table + kTableStart[1] * kLanes);
  fillEntries<kTableBits[2]>(weight + kTableShift[2] * kLanes, table + kTableStart[2] * kLanes);
}

/** The weights of a block of inputs, which a table will be made of soon: they come from far. */
INLINE void fetchWeights(const float *weight) {
  for (int i = 0; i < kLanes; i++) __builtin_prefetch(weight + i * kLanes);
}

/** Two tables that are read at the same place lie an odd number of lines apart: a core reads an even and an odd line at
 * once. */
constexpr int kTablePitch = kTableFloats + kLanes;

/**
 * Adds to a row of `Blocks` blocks the entries that the words of `Chunks` blocks of inputs choose; `table` is
 * [chunk][block], kTablePitch apart.
 */
template <int Chunks, int Blocks>
INLINE void addRow(const uint16_t *const *word, size_t at, const float *table, Floats *sum) {
#pragma GCC unroll 4
  for (int j = 0; j < Chunks; j++) {
    const uint32_t spikes = word[j][at];
#pragma GCC unroll 3
    for (int third = 0; third < kTableThirds; third++)
#pragma GCC unroll 2
      for (int b = 0; b < Blocks; b++)
        sum[b] = sum[b] + entryOf(table + (j * Blocks + b) * kTablePitch + kTableStart[third] * kLanes, spikes,
                                  kTableShift[third], kTableBits[third]);
  }
}

} // namespace
