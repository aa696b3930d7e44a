// How many spikes there are in a row of blocks.
#include "entry.h"

extern "C" uint64_t KERNEL(countSpikes)(const uint16_t *spikes, size_t count) {
  uint64_t sum = 0;
  size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    uint64_t four;
    __builtin_memcpy(&four, spikes + i, sizeof four);
    sum += (uint64_t)__builtin_popcountll(four);
  }
  for (; i < count; i++) sum += (uint64_t)__builtin_popcount(spikes[i]);
  return sum;
}
