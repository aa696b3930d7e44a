// output = spikes · weightᵀ + bias by tables of sums (spike_tables.h). Every sum has the same order of additions
// whatever the number of rows: a row's result does not depend on what is computed beside it.
#include "entry.h"
#include "spike_tables.h"

namespace {

/** `start` is null where the sums go on from what earlier inputs gave. */
template <int Chunks, int Blocks>
void addRows(const SpikeProduct &p, const uint16_t *input, const float *start, float *output) {
  const size_t outputBlockStride = (size_t)p.steps * kLanes;
  for (int sample = 0; sample < p.samples; sample++) {
    const uint16_t *word[Chunks];
    for (int j = 0; j < Chunks; j++) word[j] = input + (size_t)sample * p.inputStride + (size_t)j * p.steps;
    float *out = output + (size_t)sample * p.outputStride;
    for (int t = 0; t < p.steps; t++, out += kLanes) {
      Floats sum[Blocks];
#pragma GCC unroll 2
      for (int b = 0; b < Blocks; b++) sum[b] = load(start ? start + b * kLanes : out + b * outputBlockStride);
      addRow<Chunks, Blocks>(word, (size_t)t, p.scratch, sum);
#pragma GCC unroll 2
      for (int b = 0; b < Blocks; b++) store(out + b * outputBlockStride, sum[b]);
    }
  }
}

template <int Chunks, int Blocks> void blocksOf(const SpikeProduct &p, int block) {
  const float nothing[Blocks * kLanes] = {};
  float *output = p.output + (size_t)block * p.steps * kLanes;
  for (int first = 0; first < p.inputBlocks; first += Chunks) {
    const int count = p.inputBlocks - first < Chunks ? p.inputBlocks - first : Chunks;
    for (int j = 0; j < count; j++)
      for (int b = 0; b < Blocks; b++)
        fillTable(p.weight + (size_t)(block + b) * p.weightStride + (size_t)(first + j) * kLanes * kLanes,
                  p.scratch + (j * Blocks + b) * kTablePitch);
    for (int j = first + count; j < first + count + Chunks && j < p.inputBlocks; j++)
      for (int b = 0; b < Blocks; b++) fetchWeights(p.weight + (size_t)(block + b) * p.weightStride + (size_t)j * kLanes * kLanes);
    const uint16_t *input = p.input + (size_t)first * p.steps;
    const float *start = first > 0 ? nullptr : p.bias ? p.bias + block * kLanes : nothing;
    switch (count) {
    case 4: addRows<Chunks < 4 ? 1 : 4, Blocks>(p, input, start, output); break;
    case 3: addRows<Chunks < 3 ? 1 : 3, Blocks>(p, input, start, output); break;
    case 2: addRows<2, Blocks>(p, input, start, output); break;
    default: addRows<1, Blocks>(p, input, start, output);
    }
  }
}

} // namespace

extern "C" void KERNEL(spikeProduct)(const SpikeProduct *product) {
  const SpikeProduct &p = *product;
  int block = 0;
  for (; block + kPairBlocks <= p.outputBlocks; block += kPairBlocks) blocksOf<kPairChunks, kPairBlocks>(p, block);
  for (; block < p.outputBlocks; block++) blocksOf<kTableBlocks, 1>(p, block);
}
