#pragma once
// The optimizer's step for 16 values whose gradient is at hand.
#include "kernels.h"
#include "vector.h"

namespace {

/** torch's lerp of a mean towards the gradient: from the nearer end. */
INLINE Floats meanTowards(const Update &u, Floats mean, Floats gradient) {
  return u.beta1 > 0.5f ? fma(broadcast(u.beta1Rest), gradient - mean, mean)
                        : fnma(broadcast(u.beta1), gradient - mean, gradient);
}

INLINE void applyAdam(const Update &u, size_t at, Floats value, Floats gradient) {
  const Floats first = meanTowards(u, load(u.first + at), gradient);
  const Floats second = fma(gradient * gradient, broadcast(u.beta2Rest), load(u.second + at) * broadcast(u.beta2));
  store(u.first + at, first);
  store(u.second + at, second);
  const Floats scale = fma(squareRoot(second), broadcast(u.rootCorrection), broadcast(u.epsilon));
  store(u.parameter + at, fnma(broadcast(u.stepSize), first * reciprocal(scale), value));
}

/** Whether Adam takes gradients and values as they are. */
INLINE bool isPlainAdam(const Update &u) {
  return u.kind == kAdam && !u.adjusts && u.weightDecay == 0.0f && u.kept == 1.0f;
}

INLINE void applyAdamax(const Update &u, size_t at, Floats value, Floats gradient) {
  const Floats first = meanTowards(u, load(u.first + at), gradient);
  const Floats largest = larger(load(u.second + at) * broadcast(u.beta2), absolute(gradient) + broadcast(u.epsilon));
  store(u.first + at, first);
  store(u.second + at, largest);
  store(u.parameter + at, fnma(broadcast(u.stepSize), first * reciprocal(largest), value));
}

INLINE void applyRmsprop(const Update &u, size_t at, Floats value, Floats gradient) {
  const Floats squares = fma(gradient * gradient, broadcast(u.beta2Rest), load(u.first + at) * broadcast(u.beta2));
  store(u.first + at, squares);
  Floats spread = squares;
  if (u.third) {
    const Floats mean = fma(broadcast(u.beta2Rest), gradient - load(u.third + at), load(u.third + at));
    store(u.third + at, mean);
    spread = larger(zeros(), fnma(mean, mean, squares));
  }
  Floats change = gradient * reciprocal(squareRoot(spread) + broadcast(u.epsilon));
  if (u.second) {
    change = fma(broadcast(u.momentum), load(u.second + at), change);
    store(u.second + at, change);
  }
  store(u.parameter + at, fnma(broadcast(u.learningRate), change, value));
}

INLINE void applySgd(const Update &u, size_t at, Floats value, Floats gradient) {
  if (u.first) {
    const Floats momentum = broadcast(u.momentum);
    const Floats buffer =
        u.start ? gradient : fma(momentum, load(u.first + at), broadcast(u.momentumRest) * gradient);
    store(u.first + at, buffer);
    gradient = u.nesterov ? fma(momentum, buffer, gradient) : buffer;
  }
  store(u.parameter + at, fnma(broadcast(u.learningRate), gradient, value));
}

/** torch.optim's Adam, AdamW, Adamax, RMSprop and SGD; `at` counts floats from the start of the tensors. */
INLINE void applyUpdate(const Update &u, size_t at, Floats gradient) {
  if (u.kind == kStoreGradient) return store(u.gradient + at, gradient);
  if (u.kind == kAddGradient) return store(u.gradient + at, load(u.gradient + at) + gradient);
  Floats value = load(u.parameter + at);
  if (u.adjusts) {
    gradient = gradient * broadcast(u.factor);
    // In this order what is no number stays none.
    if (u.limit > 0.0f) gradient = larger(broadcast(-u.limit), smaller(broadcast(u.limit), gradient));
  }
  if (u.weightDecay != 0.0f) gradient = fma(broadcast(u.weightDecay), value, gradient);
  if (u.kept != 1.0f) value = value * broadcast(u.kept);
  if (u.kind == kAdam) applyAdam(u, at, value, gradient);
  else if (u.kind == kSgd) applySgd(u, at, value, gradient);
  else if (u.kind == kRmsprop) applyRmsprop(u, at, value, gradient);
  else applyAdamax(u, at, value, gradient);
}

/** `blocks` times `rows` rows of 16 gradients one after the other, for rows of the tensors with `stride` floats between blocks. */
INLINE void applyUpdates(const Update &update, const float *gradients, size_t first, size_t stride, int blocks, int rows) {
  // A copy, since the compiler must take what is written for what may change the original.
  const Update u = update;
  const size_t floats = (size_t)rows * kLanes;
  const bool plain = isPlainAdam(u);
  for (int block = 0; block < blocks; block++, first += stride, gradients += floats)
    for (size_t i = 0; i < floats; i += kLanes) {
      if (plain) applyAdam(u, first + i, load(u.parameter + first + i), load(gradients + i));
      else applyUpdate(u, first + i, load(gradients + i));
    }
}

} // namespace
