// weightGradient = Σ gradient ⊗ spikes. Five steps of a sample share a table of all sums that their gradients can
// make; an input then adds one entry, found by its spikes in those steps, where it would have added up to five rows.
// The table serves all inputs of a task. Sums run over samples and steps in ascending order.
#include "entry.h"
#include "gradient_tables.h"
#include "vector.h"

namespace {

constexpr int kGroups = 5;
constexpr int kPassSteps = kGroups * kGroupSteps;
constexpr int kGroupFloats = (1 << kGroupSteps) * kLanes;

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
constexpr int kFewGroups = kFewSteps / kGroupSteps;
constexpr int kTableRoom = 5 * 1024;
static_assert(kGroups * kGroupFloats <= kTableRoom && kFewGroups * kGroupFloats * kEntryBlocks <= kTableRoom, "room for tables");
static_assert(kTableRoom + kLanes + kGradientBlocks * kLanes * kLanes * kGradientOutputs <= kGradientFloats, "room for tables and sums");

/** How many samples before their use spikes and gradients are fetched: other cores may have made them. */
constexpr int kSamplesAhead = 2;

void fetchSample(const SpikeWeightGradient &g, const uint16_t *rows, const float *row) {
  const char *spikes = (const char *)rows;
  for (size_t at = 0; at < (size_t)(g.inputBlocks * g.steps) * sizeof(uint16_t); at += 64) __builtin_prefetch(spikes + at);
  fetchRows(row, g.steps);
}

/** Many steps: the tables of a pass serve all inputs of a task, whose sums lie in memory. */
void addPasses(const SpikeWeightGradient &g, int block, float *table, float *sums) {
  const int passes = (g.steps + kPassSteps - 1) / kPassSteps;
  for (int sample = 0; sample < g.samples; sample++) {
    const uint16_t *rows = g.input + (size_t)sample * g.inputStride + (size_t)g.firstInputBlock * g.steps;
    const float *row = g.gradient + (size_t)sample * g.gradientStride + (size_t)block * g.steps * kLanes;
    if (sample + kSamplesAhead < g.samples)
      fetchSample(g, rows + kSamplesAhead * g.inputStride, row + kSamplesAhead * g.gradientStride);
    for (int pass = 0; pass < passes; pass++) {
      const int first = (int)((int64_t)g.steps * pass / passes), end = (int)((int64_t)g.steps * (pass + 1) / passes);
      addSteps(g, rows + first, row + (size_t)first * kLanes, end - first, table, sums);
    }
  }
}

/** Few steps: the sums of some inputs stay in registers while the samples go by. */
template <int Blocks> void addSamples(const SpikeWeightGradient &g, int block, float *table, float *sums, size_t sumsStride) {
  const StepGroups groups(g.steps);
  const size_t floats = groups.floats();
  constexpr int kMostSamples = 16;
  uint16_t bytes[kMostSamples * kFewGroups * kLanes];
  const int fitting = kTableRoom / (int)(Blocks * floats), most = fitting < kMostSamples ? fitting : kMostSamples;
  const int bands = (g.samples + most - 1) / most;
  for (int band = 0; band < bands; band++) {
    const int from = (int)((int64_t)g.samples * band / bands), count = (int)((int64_t)g.samples * (band + 1) / bands) - from;
    const size_t tableBlockStride = (size_t)count * floats + kLanes;
    for (int b = 0; b < Blocks; b++)
      for (int i = 0; i < count; i++)
        fillGroups(groups,
                   g.gradient + (size_t)(from + i) * g.gradientStride + (size_t)(g.outputBlock + block + b) * g.steps * kLanes,
                   table + b * tableBlockStride + i * floats);
    for (int k = 0; k < g.inputBlocks; k++) {
      for (int i = 0; i < count; i++)
        entryBytes(groups, g.input + (size_t)(from + i) * g.inputStride + (size_t)(g.firstInputBlock + k) * g.steps,
                   bytes + i * groups.count * kLanes);
      addBlock<Blocks>(bytes, count * groups.count, table, (size_t)groups.entries * kLanes, tableBlockStride,
                       sums + (size_t)k * kLanes * kLanes, sumsStride);
    }
  }
}

} // namespace

extern "C" void KERNEL(spikeWeightGradient)(const SpikeWeightGradient *gradient) {
  const SpikeWeightGradient &g = *gradient;
  const size_t floats = (size_t)g.inputBlocks * kLanes * kLanes;
  const size_t at = (size_t)g.outputBlock * g.weightStride + (size_t)g.firstInputBlock * kLanes * kLanes;
  // Sums that are only to be stored grow in their place.
  const bool inPlace = g.update->kind == kStoreGradient;
  const size_t sumsStride = inPlace ? g.weightStride : floats;
  float *table = g.scratch, *sums = inPlace ? g.update->gradient + at : g.scratch + kTableRoom + kLanes;
  for (int block = 0; block < g.outputBlocks; block++)
    for (size_t i = 0; i < floats; i += kLanes) store(sums + block * sumsStride + i, zeros());
  if (g.steps <= kFewSteps) {
    int block = 0;
    for (; block + kEntryBlocks <= g.outputBlocks; block += kEntryBlocks)
      addSamples<kEntryBlocks>(g, block, table, sums + block * sumsStride, sumsStride);
    for (; block < g.outputBlocks; block++) addSamples<1>(g, block, table, sums + block * sumsStride, sumsStride);
  } else {
    for (int block = 0; block < g.outputBlocks; block++) addPasses(g, g.outputBlock + block, table, sums + block * sumsStride);
  }
  for (int block = 0; !inPlace && block < g.outputBlocks; block++)
    KERNEL(update)(g.update, sums + block * sumsStride, at + block * g.weightStride, (int)(floats / kLanes));
}
