// output = spikes · weightᵀ + bias by tables of sums (spike_tables.h). Every sum has the same order of additions
// whatever the number of rows: a row's result does not depend on what is computed beside it.
#include "entry.h"
#include "spike_tables.h"

namespace {

/** All sums of the 16 rows of one block of weights, in ascending order of inputs. */
void fillTable(const float *weight, float *table) {
#pragma GCC unroll 3
  for (int third = 0; third < kTableThirds; third++) {
    float *entries = table + kTableStart[third] * kLanes;
    store(entries, zeros());
    for (int bit = 0; bit < kTableBits[third]; bit++) {
      const Floats w = load(weight + (kTableShift[third] + bit) * kLanes);
      const int half = 1 << bit;
      for (int i = 0; i < half; i++) store(entries + (half + i) * kLanes, load(entries + i * kLanes) + w);
    }
  }
}

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
        sum = sum + load(entries + tableAt(spikes, 0));
        sum = sum + load(entries + tableAt(spikes, 1));
        sum = sum + load(entries + tableAt(spikes, 2));
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
