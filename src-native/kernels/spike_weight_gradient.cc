// The same sum for spikes: gradients are collected by the pattern of 5 or 6 inputs (spike_tables.h), three additions
// a row for 16 inputs at any density, and at the end each input takes the sum over the patterns that it is part of.
#include "entry.h"
#include "spike_tables.h"
#include "update.h"

namespace {

template <int Blocks> void collect(const SpikeWeightGradient &g, const uint16_t *input, float *table) {
  for (int i = 0; i < Blocks * kTableEntries; i++) store(table + i * kLanes, zeros());
  const float *gradient = g.gradient + (size_t)g.outputBlock * g.steps * kLanes;
  for (int sample = 0; sample < g.samples; sample++) {
    for (int t = 0; t < g.steps; t++) {
      const Floats row = load(gradient + (size_t)t * kLanes);
#pragma GCC unroll 4
      for (int j = 0; j < Blocks; j++) {
        const uint32_t spikes = input[(size_t)j * g.steps + t];
#pragma GCC unroll 3
        for (int third = 0; third < kTableThirds; third++) {
          float *entry = table + j * kTableFloats + tableAt(spikes, third);
          store(entry, load(entry) + row);
        }
      }
    }
    input += g.inputStride;
    gradient += g.gradientStride;
  }
}

/** Turns each entry into the sum over all patterns that contain it, then hands out those of single inputs. */
void handOut(const SpikeWeightGradient &g, float *table, size_t at) {
  for (int third = 0; third < kTableThirds; third++) {
    float *entries = table + kTableStart[third] * kLanes;
    const int bits = kTableBits[third];
    for (int bit = 0; bit < bits; bit++) {
      for (int pattern = 0; pattern < 1 << bits; pattern++) {
        if (pattern >> bit & 1) continue;
        float *without = entries + pattern * kLanes;
        store(without, load(without) + load(without + (kLanes << bit)));
      }
    }
    for (int bit = 0; bit < bits; bit++)
      applyUpdate(*g.update, at + (size_t)(kTableShift[third] + bit) * kLanes, load(entries + (kLanes << bit)));
  }
}

} // namespace

extern "C" void KERNEL(spikeWeightGradient)(const SpikeWeightGradient *gradient) {
  const SpikeWeightGradient &g = *gradient;
  for (int first = 0; first < g.inputBlocks; first += kTableBlocks) {
    const int count = g.inputBlocks - first < kTableBlocks ? g.inputBlocks - first : kTableBlocks;
    const int block = g.firstInputBlock + first;
    const uint16_t *input = g.input + (size_t)block * g.steps;
    switch (count) {
    case 4: collect<4>(g, input, g.scratch); break;
    case 3: collect<3>(g, input, g.scratch); break;
    case 2: collect<2>(g, input, g.scratch); break;
    default: collect<1>(g, input, g.scratch);
    }
    for (int j = 0; j < count; j++)
      handOut(g, g.scratch + j * kTableFloats,
              (size_t)g.outputBlock * g.weightStride + (size_t)(block + j) * kLanes * kLanes);
  }
}
