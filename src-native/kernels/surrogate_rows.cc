// The surrogate at rows of membranes, by its kind.
#include "entry.h"
#include "surrogate.h"

namespace {

/** The surrogate's derivative, times the gradient at the spikes where nothing else needs it. */
template <int Kind>
void surrogate(const Neuron &n, int steps, const float *charged, const float *factor, size_t factorStride, float *out) {
  const SurrogateConstants constants = surrogateConstants<Kind>(n.surrogateNumbers);
  const Floats threshold = broadcast(n.threshold);
  const bool inclusive = n.model >= kFirstAtThreshold;
  for (int t = 0; t < steps; t++) {
    Floats value =
        derivative<Kind>(constants, n.surrogateNumbers, load(charged + (size_t)t * kLanes) - threshold, inclusive);
    if (factor) value = value * load(factor + (size_t)t * factorStride);
    store(out + (size_t)t * kLanes, value);
  }
}

typedef void (*SurrogateRows)(const Neuron &, int, const float *, const float *, size_t, float *);

template <int... Kinds> struct SurrogateTable {
  static constexpr SurrogateRows rows[] = {surrogate<Kinds>...};
};

/** In the order of `SurrogateKind`. */
typedef SurrogateTable<kArctangent, kFastSigmoid, kLogistic, kConstant, kSpikeLevels, kSignLevels, kWindowLevels,
                       kTriangle, kExponentialDecay, kGaussian, kInverse, kInverseSquare, kSparseFastSigmoid,
                       kLogisticThenInverse, kClampedInverse, kLogTail, kPower, kSquareWave>
    Surrogates;

} // namespace

extern "C" void KERNEL(surrogateRows)(const Neuron *n, int steps, const float *charged, const float *factor,
                                      size_t factorStride, float *out) {
  Surrogates::rows[n->surrogate](*n, steps, charged, factor, factorStride, out);
}
