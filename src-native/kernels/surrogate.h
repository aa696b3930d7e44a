#pragma once
// Derivatives that stand for that of the spike; formulas as in src-shared/model/surrogates/. Several surrogates share
// a kind with other numbers: engine/surrogates.cc says which.
#include "exponential.h"
#include "kernels.h"

extern "C" double cos(double);
extern "C" double pow(double, double);

namespace {

struct SurrogateConstants {
  Floats a, b, c;
  /** The arctangent's π/2·α, the others' `a`. */
  Floats inner;
};

template <int Kind> INLINE SurrogateConstants surrogateConstants(const float *numbers) {
  const float inner = Kind == kArctangent ? numbers[0] * 1.57079632679489662f : numbers[0];
  return {broadcast(numbers[0]), broadcast(numbers[1]), broadcast(numbers[2]), broadcast(inner)};
}

/** 1/a where a >= 1; it levels off only where float32 ends, so that times a large membrane it is still next to nothing. */
INLINE Floats reciprocalFromOne(Floats a) { return reciprocal(smaller(a, broadcast(1e37f))); }

/** e^(-a) for a >= 0; zero where it leaves what the polynomial covers. */
INLINE Floats decaying(Floats a) {
  return choose(greater(a, broadcast(87.0f)), zeros(), exponential(zeros() - a));
}

/** k·σ(kx)·(1 - σ(kx)). */
INLINE Floats logisticDerivative(Floats k, Floats x) {
  const Floats e = exponential(zeros() - absolute(x * k));
  const Floats r = reciprocal(broadcast(1.0f) + e);
  return k * e * r * r;
}

/** A formula that needs the accuracy of the C library, lane by lane. */
template <class Formula> INLINE Floats laneByLane(Floats x, Formula formula) {
  float lanes[kLanes];
  store(lanes, x);
  for (float &lane : lanes) lane = (float)formula((double)lane);
  return load(lanes);
}

/** (4/T)·Σ cos((2i-1)·2πx/T) for i from 1 to terms - 1. */
inline double squareWave(double x, int terms, double period) {
  const double first = cos(6.283185307179586 * x / period), twice = 4.0 * first * first - 2.0;
  double before = first, now = first, sum = 0.0;
  for (int i = 1; i < terms; i++) {
    sum += now;
    const double next = twice * now - before;
    before = now;
    now = next;
  }
  return 4.0 / period * sum;
}

/** dS/dU at x = U - θ. `inclusive`: a neuron at its threshold spikes. */
template <int Kind> INLINE Floats derivative(const SurrogateConstants &c, const float *numbers, Floats x, bool inclusive) {
  const Floats one = broadcast(1.0f);
  if constexpr (Kind == kArctangent) {
    const Floats y = x * c.inner;
    return reciprocalFromOne(fma(y, y, one)) * (c.a * broadcast(0.5f));
  } else if constexpr (Kind == kFastSigmoid) {
    const Floats r = reciprocalFromOne(fma(c.inner, absolute(x), one));
    return r * r;
  } else if constexpr (Kind == kLogistic) {
    return logisticDerivative(c.a, x);
  } else if constexpr (Kind == kConstant) {
    return c.a;
  } else if constexpr (Kind == kSpikeLevels) {
    return choose(inclusive ? greaterEqual(x, zeros()) : greater(x, zeros()), c.a, c.b);
  } else if constexpr (Kind == kSignLevels) {
    return choose(greaterEqual(x, zeros()), c.a, c.b);
  } else if constexpr (Kind == kWindowLevels) {
    return choose(greater(c.c, absolute(x)), c.a, c.b);
  } else if constexpr (Kind == kTriangle) {
    return larger(zeros(), fnma(c.b, absolute(x), c.a));
  } else if constexpr (Kind == kExponentialDecay) {
    return c.a * decaying(c.b * absolute(x - c.c));
  } else if constexpr (Kind == kGaussian) {
    const Floats y = c.b * x;
    return c.a * decaying(y * y);
  } else if constexpr (Kind == kInverse) {
    return c.a * reciprocalFromOne(fma(c.b, absolute(x), one));
  } else if constexpr (Kind == kInverseSquare) {
    const Floats r = reciprocalFromOne(fma(c.b, absolute(x), one));
    return c.a * r * r;
  } else if constexpr (Kind == kSparseFastSigmoid) {
    const Floats r = reciprocalFromOne(fma(c.inner, absolute(x), one));
    return choose(greater(x, c.b), r * r, zeros());
  } else if constexpr (Kind == kLogisticThenInverse) {
    return choose(greaterEqual(x, zeros()), c.b * reciprocalFromOne(larger(x, zeros()) + one),
                  logisticDerivative(c.a, x));
  } else if constexpr (Kind == kClampedInverse) {
    return smaller(reciprocalFromOne(larger(absolute(x) * c.b, one)) * c.a, c.a);
  } else if constexpr (Kind == kLogTail) {
    return choose(greater(x, zeros()), reciprocalFromOne(larger(x, one)), c.a);
  } else if constexpr (Kind == kPower) {
    return laneByLane(x, [numbers](double at) { return pow(1.0 + (double)numbers[0] * (at < 0 ? -at : at), -(double)numbers[1]); });
  } else {
    return laneByLane(x, [numbers](double at) { return squareWave(at, (int)numbers[0], (double)numbers[1]); });
  }
}

} // namespace
