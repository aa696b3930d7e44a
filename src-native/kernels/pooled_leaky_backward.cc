// Max pooling and the leaky neurons before it, back through time together: of the places of a region all but one hand
// on nothing at a step, and only what is left of the leak goes through the others.
#include "entry.h"
#include "sparse_kernels.h"
#include "surrogate.h"

namespace {

/** Where a column lies in its region of the pooling; `inside` false where no region holds it. */
struct Site {
  bool inside;
  /** Place of the region among the pooled, and of the column's place within the region. */
  size_t region;
  int position;
};

Site siteOf(const PooledLeakyBackward &b, int column) {
  const MapWindow &w = *b.pool;
  const int y = b.row / w.kernelHeight, x = column / w.kernelWidth;
  return {y < w.outputHeight && x < w.outputWidth, (size_t)y * w.outputWidth + x,
          b.row % w.kernelHeight * w.kernelWidth + column % w.kernelWidth};
}

/** Which channels of a place take the pooled gradient at each step. */
void takers(const PooledLeakyBackward &b, int column, const Site &site, uint32_t valid, uint16_t *takes) {
  const MapWindow &w = *b.pool;
  const int size = w.kernelHeight * w.kernelWidth;
  const int top = b.row - b.row % w.kernelHeight, left = column - column % w.kernelWidth;
  const auto spikesAt = [&](int position) {
    return b.spikes + ((size_t)(top + position / w.kernelWidth) * w.width + left + position % w.kernelWidth) * b.steps;
  };
  const uint16_t *own = spikesAt(site.position);
  if (site.position > 0) {
    for (int t = 0; t < b.steps; t++) takes[t] = (uint16_t)(own[t] & valid);
    for (int before = 0; before < site.position; before++) {
      const uint16_t *other = spikesAt(before);
      for (int t = 0; t < b.steps; t++) takes[t] = (uint16_t)(takes[t] & ~other[t]);
    }
    return;
  }
  for (int t = 0; t < b.steps; t++) takes[t] = 0;
  for (int after = 1; after < size; after++) {
    const uint16_t *other = spikesAt(after);
    for (int t = 0; t < b.steps; t++) takes[t] = (uint16_t)(takes[t] | other[t]);
  }
  for (int t = 0; t < b.steps; t++) takes[t] = (uint16_t)((own[t] | ~takes[t]) & valid);
}

/** Gradients at the membranes before the leak: those that arrive times the surrogate's derivative. */
template <int Kind>
void enter(const Neuron &n, int steps, const uint16_t *takes, const float *charged, const float *pooled, float *to) {
  const SurrogateConstants constants = surrogateConstants<Kind>(n.surrogateNumbers);
  const Floats threshold = broadcast(n.threshold);
  for (int t = 0; t < steps; t++) {
    const size_t at = (size_t)t * kLanes;
    const Floats slope = derivative<Kind>(constants, n.surrogateNumbers, load(charged + at) - threshold, false);
    store(to + at, slope * choose(conditionsOf(takes[t]), load(pooled + at), zeros()));
  }
}

typedef void (*Enter)(const Neuron &, int, const uint16_t *, const float *, const float *, float *);

template <int... Kinds> struct EnterTable {
  static constexpr Enter rows[] = {enter<Kinds>...};
};

/** In the order of `SurrogateKind`. */
typedef EnterTable<kArctangent, kFastSigmoid, kLogistic, kConstant, kSpikeLevels, kSignLevels, kWindowLevels, kTriangle,
                   kExponentialDecay, kGaussian, kInverse, kInverseSquare, kSparseFastSigmoid, kLogisticThenInverse,
                   kClampedInverse, kLogTail, kPower, kSquareWave>
    Enters;

void listOthers(const PooledLeakyBackward &b, uint32_t place, const uint16_t *takes, const float *entering) {
  RoutedGradient *to = b.others + *b.otherCount;
  for (int t = 0; t < b.steps; t++) {
    for (uint32_t bits = takes[t]; bits; bits &= bits - 1) {
      const uint32_t lane = (uint32_t)__builtin_ctz(bits);
      *to++ = {place, (uint32_t)t, (uint32_t)b.block * kLanes + lane, entering[(size_t)t * kLanes + lane]};
    }
  }
  *b.otherCount = (size_t)(to - b.others);
}

/** g[t] = what enters at t + leak · g[t + 1], of N places at once. */
template <int N> void leakBack(const PooledLeakyBackward &b, const float *const *entering, int from) {
  const Floats decay = load(b.neuron->decay);
  const size_t length = (size_t)b.steps * kLanes;
  float *output = b.output + from * length, *carry = b.carry.data + from * kLanes;
  const bool arrives = b.carry.arrives && !isCut(b.neuron, b.firstStep + b.steps);
  Floats g[N];
  for (int i = 0; i < N; i++) g[i] = arrives ? load(carry + i * kLanes) : zeros();
  for (int end = b.steps; end > 0; end = uncutFrom(b.neuron, b.firstStep, end)) {
    const size_t first = (size_t)uncutFrom(b.neuron, b.firstStep, end) * kLanes;
    for (int i = 0; end < b.steps && i < N; i++) g[i] = zeros();
    for (size_t at = (size_t)end * kLanes; at > first;) {
      at -= kLanes;
#pragma GCC unroll 8
      for (int i = 0; i < N; i++) {
        g[i] = fma(decay, g[i], load(entering[from + i] + at));
        store(output + i * length + at, g[i]);
      }
    }
  }
  for (int i = 0; b.carry.data && i < N; i++) store(carry + i * kLanes, g[i]);
}

template <int N> void leakBackAll(const PooledLeakyBackward &b, const float *const *entering, int from) {
  for (; b.columns - from >= N; from += N) leakBack<N>(b, entering, from);
  if constexpr (N > 1) leakBackAll<N / 2>(b, entering, from);
}

} // namespace

extern "C" void KERNEL(pooledLeakyBackward)(const PooledLeakyBackward *backward) {
  const PooledLeakyBackward &b = *backward;
  const size_t length = (size_t)b.steps * kLanes;
  const uint32_t valid = validLanes(b.neuron->neurons, b.block);
  const float *entering[kPooledPlaces];
  for (int i = 0; i < b.columns; i++) {
    const int column = b.firstColumn + i;
    const Site site = siteOf(b, column);
    float *to = b.scratch + i * length;
    entering[i] = to;
    if (!site.inside) {
      for (size_t at = 0; at < length; at += kLanes) store(to + at, zeros());
      continue;
    }
    const size_t place = (size_t)b.row * b.pool->width + column;
    uint16_t *takes = b.takes;
    takers(b, column, site, valid, takes);
    if (b.firsts && site.position == 0) entering[i] = to = b.firsts + site.region * length;
    Enters::rows[b.neuron->surrogate](*b.neuron, b.steps, takes, b.charged + place * length,
                                      b.pooledGradient + site.region * length, to);
    if (b.firsts && site.position > 0) listOthers(b, (uint32_t)place, takes, to);
  }
  leakBackAll<8>(b, entering, 0);
}
