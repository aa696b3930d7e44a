// Spikes as floats 0 and 1, for consumers that add currents.
#include "entry.h"
#include "vector.h"

extern "C" void KERNEL(expandSpikes)(const uint16_t *spikes, size_t count, float *output) {
  const Floats one = broadcast(1.0f);
  for (size_t i = 0; i < count; i++) store(output + i * kLanes, choose(conditionsOf(spikes[i]), one, zeros()));
}
