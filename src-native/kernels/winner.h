#pragma once
// The neuron of a layer whose membrane is the largest: where neurons inhibit each other, only it may fire.
#include "vector.h"

namespace {

/** Meets the blocks one after the other; the first of equals wins. */
struct Winner {
  int block = -1;
  uint32_t bit = 0;
  float largest = 0.0f;

  void meet(int candidate, Floats above, Conditions valid) {
    const Floats lowest = broadcast(-3.402823466e38f), values = choose(valid, above, lowest);
    const float most = largestLane(values);
    if (block >= 0 && !(most > largest)) return;
    const uint32_t bits = bitsOf(both(greaterEqual(values, broadcast(most)), valid));
    block = candidate;
    bit = bits & (0u - bits);
    largest = most;
  }

  INLINE Conditions mayFire(int candidate) const { return conditionsOf(candidate == block ? bit : 0); }
  /** As one number, for later. */
  INLINE float packed() const { return (float)(block * kLanes + (bit ? __builtin_ctz(bit) : 0)); }
};

/** Of a block, the neuron that `packed` names. */
INLINE Conditions winnerIn(int block, float packed) {
  const int neuron = (int)packed;
  return conditionsOf(neuron / kLanes == block ? 1u << (neuron % kLanes) : 0);
}

} // namespace
