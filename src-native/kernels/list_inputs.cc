// The inputs of a sample that are not zero, as a list.
#include "entry.h"
#include "vector.h"

namespace {

/** Steps whose words are looked at together. */
constexpr int kStepsTogether = 4;

/** Appends the spikes of one block at one place; `base` is the entry of its first channel at step 0. */
INLINE uint32_t *appendSpikes(const uint16_t *words, int steps, uint32_t base, uint32_t *to) {
  for (int t = 0; t < steps; t += kStepsTogether) {
    uint64_t bits = 0;
    __builtin_memcpy(&bits, words + t, sizeof bits);
    if (steps - t < kStepsTogether) bits &= (1ull << 16 * (steps - t)) - 1;
    for (; bits; bits &= bits - 1) {
      const uint32_t bit = (uint32_t)__builtin_ctzll(bits);
      *to++ = base + ((bit & 15u) << 16) + (uint32_t)t + (bit >> 4);
    }
  }
  return to;
}

} // namespace

extern "C" size_t KERNEL(listInputs)(const ListInputs *list) {
  const ListInputs &l = *list;
  const size_t places = (size_t)l.height * l.width;
  uint32_t *to = l.entries;
  for (size_t place = 0; place < places; place++) {
    l.starts[place] = (uint32_t)(to - l.entries);
    for (int block = 0; block < l.blocks; block++) {
      const size_t from = ((size_t)block * places + place) * l.steps;
      const uint32_t base = ((uint32_t)(block * l.taps * kLanes) << 16) + (uint32_t)((int)(place % l.width) * l.steps);
      if (l.spikes) {
        to = appendSpikes(l.spikes + from, l.steps, base, to);
        continue;
      }
      for (int t = 0; t < l.steps; t++) {
        const float *row = l.values + (from + t) * kLanes;
        for (uint32_t lane = 0; lane < kLanes; lane++) {
          if (row[lane] == 0.0f) continue;
          l.entryValues[to - l.entries] = row[lane];
          *to++ = base + (lane << 16) + (uint32_t)t;
        }
      }
    }
  }
  l.starts[places] = (uint32_t)(to - l.entries);
  return (size_t)(to - l.entries);
}
