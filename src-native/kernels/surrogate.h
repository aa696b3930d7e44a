#pragma once
// Derivatives that stand for that of the spike; formulas as in src-shared/model/surrogates.ts.
#include "exponential.h"
#include "kernels.h"

namespace {

struct SurrogateConstants {
  Floats slope, inner;
};

template <int Kind> INLINE SurrogateConstants surrogateConstants(float slope) {
  const float inner = Kind == kArctangent ? slope * 1.57079632679489662f : slope;
  return {broadcast(slope), broadcast(inner)};
}

/** 1/a where a >= 1; far beyond any membrane it levels off instead of overflowing. */
INLINE Floats reciprocalFromOne(Floats a) { return reciprocal(smaller(a, broadcast(1e18f))); }

/** dS/dU at x = U - θ. `inclusive`: a neuron at its threshold spikes. */
template <int Kind> INLINE Floats derivative(const SurrogateConstants &c, Floats x, bool inclusive) {
  const Floats one = broadcast(1.0f);
  if constexpr (Kind == kArctangent) {
    const Floats y = x * c.inner;
    return reciprocalFromOne(fma(y, y, one)) * (c.slope * broadcast(0.5f));
  } else if constexpr (Kind == kFastSigmoid) {
    const Floats r = reciprocalFromOne(fma(c.inner, absolute(x), one));
    return r * r;
  } else if constexpr (Kind == kSpikeOperator) {
    return choose(inclusive ? greaterEqual(x, zeros()) : greater(x, zeros()), one, zeros());
  } else if constexpr (Kind == kLogistic) {
    const Floats e = exponential(zeros() - absolute(x * c.inner));
    const Floats r = reciprocal(one + e);
    return c.slope * e * r * r;
  } else if constexpr (Kind == kStraightThrough) {
    return one;
  } else {
    return choose(greaterEqual(x, zeros()), zeros() - c.slope, c.slope);
  }
}

} // namespace
