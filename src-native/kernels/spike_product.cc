// output = spikes · weightᵀ + bias by tables of sums (spike_tables.h). Every sum has the same order of additions
// whatever the number of rows: a row's result does not depend on what is computed beside it.
#include "entry.h"
#include "spike_tables.h"

namespace {

template <int Blocks>
void addRows(const SpikeProduct &p, const uint16_t *input, const float *table, const float *start, float *output) {
  for (int sample = 0; sample < p.samples; sample++) {
    const uint16_t *bits = input + (size_t)sample * p.inputStride;
    float *out = output + (size_t)sample * p.outputStride;
    for (int t = 0; t < p.steps; t++) {
      Floats sum = start ? load(start) : load(out + (size_t)t * kLanes);
#pragma GCC unroll 4
      for (int j = 0; j < Blocks; j++) {
        const uint32_t spikes = bits[(size_t)j * p.steps + t];
        const float *entries = table + j * kTableFloats;
#pragma GCC unroll 3
        for (int third = 0; third < kTableThirds; third++)
          sum = sum + entryOf(entries + kTableStart[third] * kLanes, spikes, kTableShift[third], kTableBits[third]);
      }
      store(out + (size_t)t * kLanes, sum);
    }
  }
}

} // namespace

extern "C" void KERNEL(spikeProduct)(const SpikeProduct *product) {
  const SpikeProduct &p = *product;
  const float nothing[kLanes] = {};
  for (int block = 0; block < p.outputBlocks; block++) {
    const float *weight = p.weight + (size_t)block * p.weightStride;
    float *output = p.output + (size_t)block * p.steps * kLanes;
    for (int first = 0; first < p.inputBlocks; first += kTableBlocks) {
      const int count = p.inputBlocks - first < kTableBlocks ? p.inputBlocks - first : kTableBlocks;
      for (int j = 0; j < count; j++)
        fillTable(weight + (size_t)(first + j) * kLanes * kLanes, p.scratch + j * kTableFloats);
      const uint16_t *input = p.input + (size_t)first * p.steps;
      const float *start = first > 0 ? nullptr : p.bias ? p.bias + block * kLanes : nothing;
      switch (count) {
      case 4: addRows<4>(p, input, p.scratch, start, output); break;
      case 3: addRows<3>(p, input, p.scratch, start, output); break;
      case 2: addRows<2>(p, input, p.scratch, start, output); break;
      default: addRows<1>(p, input, p.scratch, start, output);
      }
    }
  }
}
