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

/** Σ of the recurrent weights of all membranes of the step before (null before the first), and the bias. */
inline void hearMembranes(const Neuron &n, int blocks, const float *membranes, float *to) {
  const size_t blockFloats = (size_t)blocks * kLanes * kLanes;
  for (int block = 0; block < blocks; block++) {
    const float *weights = n.recurrentWeight + (size_t)block * blockFloats;
    Floats sum = zeros();
    if (membranes)
      for (int k = 0; k < n.neurons; k++) sum = fma(load(weights + (size_t)k * kLanes), broadcast(membranes[k]), sum);
    store(to + block * kLanes, n.recurrentBias ? sum + load(n.recurrentBias + (size_t)block * kLanes) : sum);
  }
}

/** The spikes of the step before through the window. */
inline void hearMaps(const Neuron &n, int blocks, const uint16_t *spikes, size_t stride, uint16_t *row, float *padded,
                     float *to) {
  for (int block = 0; block < blocks; block++) row[block] = spikes ? spikes[(size_t)block * stride] : (uint16_t)0;
  PadMaps pad = n.recurrentWindow->pad;
  pad.spikes = row;
  pad.output = padded;
  KERNEL(padMaps)(&pad);
  WindowProduct p = n.recurrentWindow->product;
  p.input = padded;
  p.output = to;
  KERNEL(windowProduct)(&p);
}

inline void hearMapsBack(const Neuron &n, const float *atInput, float *padded, float *to) {
  PadMaps pad = n.recurrentWindow->padBack;
  pad.values = atInput;
  pad.output = padded;
  KERNEL(padMaps)(&pad);
  WindowProduct p = n.recurrentWindow->productBack;
  p.input = padded;
  p.output = to;
  KERNEL(windowProduct)(&p);
}

/** What the neurons of a layer are heard by: spikes as bits with `stride` words between blocks, or membranes; null
 * before the first step. `row` has room for a word a block. */
struct Heard {
  const uint16_t *spikes;
  size_t stride;
  const float *membranes;
  uint16_t *row;
  float *padded;
};

/** What all blocks of a layer hear at a step, `[block][16]`. */
APART void hear(const Neuron &n, int blocks, const Heard &heard, float *to) {
  if (n.recurrentWindow) return hearMaps(n, blocks, heard.spikes, heard.stride, heard.row, heard.padded, to);
  if (n.model == kLeakyParallel) return hearMembranes(n, blocks, heard.membranes, to);
  int block = 0;
  for (; block + 4 <= blocks; block += 4)
    recurrentInput<4>(n, block, blocks, heard.spikes, heard.stride, to + block * kLanes);
  for (; block < blocks; block++)
    recurrentInput<1>(n, block, blocks, heard.spikes, heard.stride, to + block * kLanes);
}

/** The way back of `hear`. */
APART void hearBack(const Neuron &n, int blocks, const float *atInput, float *padded, float *to) {
  if (n.recurrentWindow) return hearMapsBack(n, atInput, padded, to);
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
