#pragma once
// Recurrent connections inside a layer of neurons, forward and back.
#include "step.h"

namespace {

/** Σ of the recurrent weights of the spikes of the step before, and the bias, for N blocks from `first` on. `spikes`
 * are bits, a word a block with `stride` words between blocks; null before the first step. */
template <int N>
INLINE void recurrentInput(const Neuron &n, int first, int blocks, const uint16_t *spikes, size_t stride, float *to) {
  const size_t blockFloats = (size_t)blocks * kLanes * kLanes;
  const float *weights = n.recurrentWeight + (size_t)first * blockFloats;
  Floats sums[N];
  for (int i = 0; i < N; i++) sums[i] = zeros();
  if (spikes)
    for (int in = 0; in < blocks; in++, weights += kLanes * kLanes)
      for (uint32_t bits = spikes[(size_t)in * stride]; bits; bits &= bits - 1)
#pragma GCC unroll 4
        for (int i = 0; i < N; i++)
          sums[i] = sums[i] + load(weights + (size_t)i * blockFloats + (size_t)__builtin_ctz(bits) * kLanes);
  for (int i = 0; i < N; i++)
    store(to + i * kLanes, sums[i] + load(n.recurrentBias + (size_t)(first + i) * kLanes));
}

/** The gradient at the spikes of N blocks from `first` on, from that at the inputs of all neurons. */
template <int N> INLINE void recurrentBack(const Neuron &n, int first, int blocks, const float *atInput, float *to) {
  const size_t blockFloats = (size_t)blocks * kLanes * kLanes;
  const float *weights = n.recurrentTransposed + (size_t)first * blockFloats;
  Floats sums[N];
  for (int i = 0; i < N; i++) sums[i] = zeros();
  for (int o = 0; o < n.neurons; o++) {
    const Floats gradient = broadcast(atInput[o]);
#pragma GCC unroll 4
    for (int i = 0; i < N; i++)
      sums[i] = fma(load(weights + (size_t)i * blockFloats + (size_t)o * kLanes), gradient, sums[i]);
  }
  for (int i = 0; i < N; i++) store(to + i * kLanes, sums[i]);
}

/** What all blocks of a layer hear at a step, `[block][16]`. */
inline void hear(const Neuron &n, int blocks, const uint16_t *spikes, size_t stride, float *to) {
  int block = 0;
  for (; block + 4 <= blocks; block += 4) recurrentInput<4>(n, block, blocks, spikes, stride, to + block * kLanes);
  for (; block < blocks; block++) recurrentInput<1>(n, block, blocks, spikes, stride, to + block * kLanes);
}

/** The way back of `hear`. */
inline void hearBack(const Neuron &n, int blocks, const float *atInput, float *to) {
  int block = 0;
  for (; block + 4 <= blocks; block += 4) recurrentBack<4>(n, block, blocks, atInput, to + block * kLanes);
  for (; block < blocks; block++) recurrentBack<1>(n, block, blocks, atInput, to + block * kLanes);
}

/** What a block hears at a step: of all neurons, of itself, or nothing. */
INLINE Floats feedbackOf(const Neuron &n, int block, const float *heard, Conditions firedBefore) {
  if (n.recurrentWeight) return load(heard);
  return n.ownWeight ? choose(firedBefore, load(n.ownWeight + (size_t)block * kLanes), zeros()) : zeros();
}

} // namespace
