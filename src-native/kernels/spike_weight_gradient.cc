// weightGradient = Σ gradient ⊗ spikes. Five steps of a sample share a table of all sums that their gradients can
// make; an input then adds one entry, found by its spikes in those steps, where it would have added up to five rows.
// The table serves all inputs of a task. Sums run over samples and steps in ascending order.
#include "entry.h"
#include "spike_tables.h"
#include "update.h"

namespace {

constexpr int kGroupSteps = 5;
constexpr int kGroups = 5;
constexpr int kPassSteps = kGroups * kGroupSteps;
constexpr int kGroupFloats = (1 << kGroupSteps) * kLanes;

void fillGroup(const float *rows, int count, float *table) {
  switch (count) {
  case 1: return fillEntries<1>(rows, table);
  case 2: return fillEntries<2>(rows, table);
  case 3: return fillEntries<3>(rows, table);
  case 4: return fillEntries<4>(rows, table);
  default: return fillEntries<5>(rows, table);
  }
}

/** Adds to each input of a block the entries of its spikes in up to `Groups` groups of steps. */
template <int Groups> INLINE void addBlock(const uint16_t *rows, uint32_t stepsMask, const float *table, float *sums) {
  uint32_t columns[kLanes];
  transposeBits(rows, columns);
#pragma GCC unroll 4
  for (int i = 0; i < kLanes; i++) {
    const uint32_t spikes = columns[i] & stepsMask;
    Floats sum = load(sums + i * kLanes);
#pragma GCC unroll 5
    for (int j = 0; j < Groups; j++)
      sum = sum + entryOf(table + j * kGroupFloats, spikes, j * kGroupSteps, kGroupSteps);
    store(sums + i * kLanes, sum);
  }
}

template <int Groups>
void addBlocks(const SpikeWeightGradient &g, const uint16_t *rows, uint32_t stepsMask, const float *table, float *sums) {
  for (int block = 0; block < g.inputBlocks; block++)
    addBlock<Groups>(rows + (size_t)block * g.steps, stepsMask, table, sums + block * kLanes * kLanes);
}

/** `count` steps of one sample. */
void addSteps(const SpikeWeightGradient &g, const uint16_t *rows, const float *gradient, int count, float *table,
              float *sums) {
  const int groups = (count + kGroupSteps - 1) / kGroupSteps;
  for (int j = 0; j < groups; j++) {
    const int left = count - j * kGroupSteps;
    fillGroup(gradient + j * kGroupSteps * kLanes, left, table + j * kGroupFloats);
  }
  const uint32_t stepsMask = (1u << count) - 1;
  switch (groups) {
  case 1: return addBlocks<1>(g, rows, stepsMask, table, sums);
  case 2: return addBlocks<2>(g, rows, stepsMask, table, sums);
  case 3: return addBlocks<3>(g, rows, stepsMask, table, sums);
  case 4: return addBlocks<4>(g, rows, stepsMask, table, sums);
  default: return addBlocks<5>(g, rows, stepsMask, table, sums);
  }
}

static_assert(kPassSteps < 32, "the spikes of a pass must fit a word");
static_assert(kGroups * kGroupFloats + kGradientBlocks * kLanes * kLanes <= kGradientFloats, "room for tables and sums");

} // namespace

extern "C" void KERNEL(spikeWeightGradient)(const SpikeWeightGradient *gradient) {
  const SpikeWeightGradient &g = *gradient;
  float *table = g.scratch, *sums = g.scratch + kGroups * kGroupFloats;
  for (int i = 0; i < g.inputBlocks * kLanes; i++) store(sums + i * kLanes, zeros());
  const int passes = (g.steps + kPassSteps - 1) / kPassSteps;
  for (int sample = 0; sample < g.samples; sample++) {
    const uint16_t *rows = g.input + (size_t)sample * g.inputStride + (size_t)g.firstInputBlock * g.steps;
    const float *row = g.gradient + (size_t)sample * g.gradientStride + (size_t)g.outputBlock * g.steps * kLanes;
    for (int pass = 0; pass < passes; pass++) {
      const int first = (int)((int64_t)g.steps * pass / passes), end = (int)((int64_t)g.steps * (pass + 1) / passes);
      addSteps(g, rows + first, row + (size_t)first * kLanes, end - first, table, sums);
    }
  }
  const size_t at = (size_t)g.outputBlock * g.weightStride + (size_t)g.firstInputBlock * kLanes * kLanes;
  for (int i = 0; i < g.inputBlocks * kLanes; i++) applyUpdate(*g.update, at + (size_t)i * kLanes, load(sums + i * kLanes));
}
