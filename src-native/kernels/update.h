#pragma once
// The optimizer's step for 16 values whose gradient is at hand.
#include "kernels.h"
#include "vector.h"

namespace {

/** torch.optim.Adam, or torch.optim.SGD without dampening; `at` counts floats from the start of the tensors. */
INLINE void applyUpdate(const Update &u, size_t at, Floats gradient) {
  if (u.kind == kStoreGradient) return store(u.gradient + at, gradient);
  Floats value = load(u.parameter + at);
  if (u.weightDecay != 0.0f) gradient = fma(broadcast(u.weightDecay), value, gradient);
  if (u.kind == kAdam) {
    Floats first = load(u.first + at), second = load(u.second + at);
    // torch's lerp: from the nearer end.
    first = u.beta1 > 0.5f ? fma(broadcast(u.beta1Rest), gradient - first, first)
                           : fnma(broadcast(u.beta1), gradient - first, gradient);
    second = fma(gradient * gradient, broadcast(u.beta2Rest), second * broadcast(u.beta2));
    store(u.first + at, first);
    store(u.second + at, second);
    const Floats scale = fma(squareRoot(second), broadcast(u.rootCorrection), broadcast(u.epsilon));
    store(u.parameter + at, fnma(broadcast(u.stepSize), first * reciprocal(scale), value));
    return;
  }
  if (u.first) {
    const Floats momentum = broadcast(u.momentum);
    const Floats buffer = u.start ? gradient : fma(momentum, load(u.first + at), gradient);
    store(u.first + at, buffer);
    gradient = u.nesterov ? fma(momentum, buffer, gradient) : buffer;
  }
  store(u.parameter + at, fnma(broadcast(u.learningRate), gradient, value));
}

} // namespace
