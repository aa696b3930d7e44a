#pragma once
// Weight gradients of spikes by tables of sums: up to five steps of a place share a table of all sums that their
// gradients can make; an input then adds one entry, found by its spikes in those steps, where it would have added up
// to five rows. The sums of some inputs and blocks of outputs stay in registers while many places go by.
#include "spike_tables.h"

namespace {

constexpr int kGroupSteps = 5;

#if defined(__AVX512F__)
constexpr int kEntryInputs = 8;
constexpr int kEntryBlocks = 2;
#elif defined(__AVX2__) || defined(__aarch64__)
constexpr int kEntryInputs = 2;
constexpr int kEntryBlocks = 2;
#else
constexpr int kEntryInputs = 1;
constexpr int kEntryBlocks = 2;
#endif

/** How the steps of a place are divided: group k takes those from `first(k)` on. */
struct StepGroups {
  int steps, count, entries;
  explicit StepGroups(int steps)
      : steps(steps), count((steps + kGroupSteps - 1) / kGroupSteps), entries(1 << ((steps + count - 1) / count)) {}
  int first(int k) const { return (int)((int64_t)steps * k / count); }
  int size(int k) const { return first(k + 1) - first(k); }
  /** Floats of the tables of one place and block. */
  size_t floats() const { return (size_t)count * entries * kLanes; }
};

/** Rows that tables will be made of soon: they come from memory, or from another core. */
inline void fetchRows(const float *rows, int count) {
  for (int i = 0; i < count; i++) __builtin_prefetch(rows + i * kLanes);
}

inline void fillGroup(const float *rows, int count, float *table) {
  switch (count) {
  case 1: return fillEntries<1>(rows, table);
  case 2: return fillEntries<2>(rows, table);
  case 3: return fillEntries<3>(rows, table);
  case 4: return fillEntries<4>(rows, table);
  default: return fillEntries<5>(rows, table);
  }
}

/** The tables of one place: `rows` are its gradients, a row a step. */
inline void fillGroups(const StepGroups &groups, const float *rows, float *table) {
  for (int k = 0; k < groups.count; k++)
    fillGroup(rows + (size_t)groups.first(k) * kLanes, groups.size(k), table + (size_t)k * groups.entries * kLanes);
}

typedef uint16_t Halves __attribute__((vector_size(32)));

/** Where in the tables of a place the entries of 16 inputs lie, in bytes from the start of each group. */
INLINE void entryBytes(const StepGroups &groups, const uint16_t *words, uint16_t *bytes) {
  const Halves lane = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768};
  for (int k = 0; k < groups.count; k++) {
    Halves sum = {};
    for (int i = 0; i < groups.size(k); i++) {
      const Halves spikes = words[groups.first(k) + i] - Halves{};
      const uint16_t entry = (uint16_t)(1u << (kEntryShift + i));
      sum |= (Halves)((spikes & lane) != 0) & (Halves{} + entry);
    }
    __builtin_memcpy(bytes + (size_t)k * kLanes, &sum, sizeof sum);
  }
}

/**
 * sums[block][input] += the entries of `count` groups that follow each other, for `Inputs` inputs of 16.
 * `bytes` is [group][16] from the first of these inputs on, `table` [block][group][entries][16].
 */
template <int Inputs, int Blocks>
void addEntries(const uint16_t *bytes, int count, const float *table, size_t groupFloats, size_t tableBlockStride,
                float *sums, size_t sumsBlockStride) {
  Floats sum[Inputs][Blocks];
#pragma GCC unroll 8
  for (int i = 0; i < Inputs; i++)
#pragma GCC unroll 2
    for (int b = 0; b < Blocks; b++) sum[i][b] = load(sums + b * sumsBlockStride + i * kLanes);
  const char *first = (const char *)table, *second = (const char *)(table + (Blocks - 1) * tableBlockStride);
  for (int n = 0; n < count; n++) {
#pragma GCC unroll 8
    for (int i = 0; i < Inputs; i++) {
      const size_t at = bytes[i];
      sum[i][0] = sum[i][0] + load((const float *)(first + at));
      if constexpr (Blocks > 1) sum[i][1] = sum[i][1] + load((const float *)(second + at));
    }
    bytes += kLanes;
    first += groupFloats * sizeof(float);
    second += groupFloats * sizeof(float);
  }
#pragma GCC unroll 8
  for (int i = 0; i < Inputs; i++)
#pragma GCC unroll 2
    for (int b = 0; b < Blocks; b++) store(sums + b * sumsBlockStride + i * kLanes, sum[i][b]);
}

/** The same for all 16 inputs of a block. */
template <int Blocks>
INLINE void addBlock(const uint16_t *bytes, int count, const float *table, size_t groupFloats, size_t tableBlockStride,
                     float *sums, size_t sumsBlockStride) {
  for (int i = 0; i < kLanes; i += kEntryInputs)
    addEntries<kEntryInputs, Blocks>(bytes + i, count, table, groupFloats, tableBlockStride, sums + i * kLanes,
                                     sumsBlockStride);
}

} // namespace
