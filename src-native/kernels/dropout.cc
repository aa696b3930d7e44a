// Dropout: word n & 3 of counter (n >> 2, stream · 2¹⁶ + t, sample, training step) decides of feature n.
#include "entry.h"
#include "philox.h"

extern "C" void KERNEL(dropoutMask)(const DropoutMask *given) {
  const DropoutMask &m = *given;
  const PhiloxKeys keys = philoxKeys(m.seed, m.purpose);
  const int channels = m.features / m.places;
  const size_t rows = (size_t)((channels + kLanes - 1) / kLanes) * (size_t)m.places, steps = (size_t)m.steps;
  for (size_t i = 0; i < rows * steps; i++) m.mask[i] = 0;
  for (size_t t = 0; t < steps; t++) {
    for (int first = 0; first < m.features; first += 4 * kLanes) {
      uint32_t counters[kLanes], words[4][kLanes];
      for (int i = 0; i < kLanes; i++) counters[i] = (uint32_t)(first / 4 + i);
      Words x[1][4] = {{wordsFrom(counters), broadcastWord(m.stream * 65536u + (uint32_t)(m.from + (int)t)), broadcastWord(m.sample),
                        broadcastWord(m.trainingStep)}};
      philox<1>(keys, x);
      __builtin_memcpy(words, x, sizeof words);
      const int end = first + 4 * kLanes < m.features ? first + 4 * kLanes : m.features;
      for (int n = first; n < end; n++) {
        const int channel = n / m.places, place = n % m.places, at = n - first;
        const uint32_t keeps = words[at & 3][at >> 2] >= m.threshold;
        uint16_t &row = m.mask[((size_t)(channel / kLanes) * (size_t)m.places + (size_t)place) * steps + t];
        row = (uint16_t)(row | keeps << (channel % kLanes));
      }
    }
  }
}

namespace {

Floats kept(const DropoutRows &d, size_t row, size_t t, Floats value) {
  if (!d.mask) return value;
  const uint16_t mask = d.mask[row * (size_t)d.maskSteps + (d.maskSteps > 1 ? t : 0)];
  return choose(conditionsOf(mask), value * broadcast(d.scale), zeros());
}

} // namespace

extern "C" void KERNEL(dropoutForward)(const DropoutRows *rows) {
  const DropoutRows &d = *rows;
  const size_t steps = (size_t)d.steps;
  for (size_t row = 0; row < (size_t)d.rows; row++) {
    for (size_t t = 0; t < steps; t++) {
      const size_t from = row * (size_t)d.inputSteps + (d.inputSteps > 1 ? t : 0);
      const Floats value = d.spikes ? choose(conditionsOf(d.spikes[from]), broadcast(1.0f), zeros()) : load(d.values + from * kLanes);
      store(d.output + (row * steps + t) * kLanes, kept(d, row, t, value));
    }
  }
}

extern "C" void KERNEL(dropoutBackward)(const DropoutRows *rows) {
  const DropoutRows &d = *rows;
  const size_t steps = (size_t)d.steps;
  const bool sums = d.inputSteps < d.steps;
  for (size_t row = 0; row < (size_t)d.rows; row++) {
    Floats sum = zeros();
    for (size_t t = 0; t < steps; t++) {
      const Floats gradient = kept(d, row, t, load(d.gradient + (row * steps + t) * kLanes));
      sum = sums ? sum + gradient : gradient;
      if (!sums) store(d.inputGradient + (row * steps + t) * kLanes, sum);
    }
    if (sums) store(d.inputGradient + row * kLanes, sum);
  }
}
