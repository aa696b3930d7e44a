// The gradient at the input of a convolution whose neurons are pooled. At a step each channel of a region has one
// place where a gradient enters; mostly it is the first, whose gradients are multiplied as a matrix, and the few others
// are added one by one. That is a fraction of the products of a gradient at every place.
#include "entry.h"
#include "sparse_kernels.h"
#include "vector.h"

namespace {

#if defined(__AVX512F__)
constexpr int kRows = 25;
#elif defined(__AVX2__) || defined(__aarch64__)
constexpr int kRows = 6;
#else
constexpr int kRows = 2;
#endif

/** Of one place and block of the input: steps side by side stay in registers over all weights. */
template <int Rows> void tile(const RoutedInputGradient &g, const RegionTap *taps, int count, const float *transposed,
                              size_t firstStep, float *output) {
  const size_t length = (size_t)g.steps * kLanes, blockStride = (size_t)g.regions * length;
  const size_t tapFloats = (size_t)g.outputBlocks * kLanes * kLanes;
  Floats sum[Rows];
#pragma GCC unroll 25
  for (int i = 0; i < Rows; i++) sum[i] = load(output + i * kLanes);
  for (int k = 0; k < count; k++) {
    const float *weight = transposed + (size_t)taps[k].tap * tapFloats;
    const float *gradient = g.firsts + (size_t)taps[k].region * length + firstStep * kLanes;
    for (int block = 0; block < g.outputBlocks; block++, gradient += blockStride) {
      for (int lane = 0; lane < kLanes; lane++, weight += kLanes) {
        const Floats w = load(weight);
#pragma GCC unroll 25
        for (int i = 0; i < Rows; i++) sum[i] = fma(broadcast(gradient[i * kLanes + lane]), w, sum[i]);
      }
    }
  }
#pragma GCC unroll 25
  for (int i = 0; i < Rows; i++) store(output + i * kLanes, sum[i]);
}

template <int Rows> void tileOf(int rows, const RoutedInputGradient &g, const RegionTap *taps, int count,
                                const float *transposed, size_t firstStep, float *output) {
  if constexpr (Rows > 1) {
    if (rows < Rows) return tileOf<Rows - 1>(rows, g, taps, count, transposed, firstStep, output);
  }
  tile<Rows>(g, taps, count, transposed, firstStep, output);
}

void addFirsts(const RoutedInputGradient &g, size_t place, const float *transposed, float *output) {
  const RegionTap *taps = g.taps + g.tapStarts[place];
  const int count = g.tapStarts[place + 1] - g.tapStarts[place];
  if (count == 0) return;
  const int tiles = (g.steps + kRows - 1) / kRows;
  for (int n = 0; n < tiles; n++) {
    const int from = (int)((int64_t)g.steps * n / tiles), to = (int)((int64_t)g.steps * (n + 1) / tiles);
    tileOf<kRows>(to - from, g, taps, count, transposed, (size_t)from, output + (size_t)from * kLanes);
  }
}

void addOthers(const RoutedInputGradient &g) {
  const MapWindow &w = *g.window;
  const size_t length = (size_t)g.steps * kLanes, places = (size_t)w.height * w.width;
  const size_t tapFloats = (size_t)g.outputBlocks * kLanes * kLanes;
  const int taps = w.kernelHeight * w.kernelWidth;
  for (size_t i = 0; i < g.otherCount; i++) {
    const RoutedGradient &from = g.others[i];
    const int top = (int)from.place / w.outputWidth * w.strideY - w.paddingY;
    const int left = (int)from.place % w.outputWidth * w.strideX - w.paddingX;
    const Floats value = broadcast(from.value);
    for (int tap = 0; tap < taps; tap++) {
      const int y = top + tap / w.kernelWidth, x = left + tap % w.kernelWidth;
      if (y < 0 || y >= w.height || x < 0 || x >= w.width) continue;
      for (int block = 0; block < g.inputBlocks; block++) {
        float *sum = g.output + ((size_t)block * places + (size_t)y * w.width + x) * length + from.step * kLanes;
        const float *weight = g.transposed + (size_t)(block * taps + tap) * tapFloats + from.channel * kLanes;
        store(sum, fma(value, load(weight), load(sum)));
      }
    }
  }
}

/** g[t] = what enters at t + leak · g[t + 1]; `carry` is that of these rows. */
void leakBack(const RoutedInputGradient &r, float *rows, float *carry) {
  const Neuron &n = *r.neuron;
  const Floats decay = load(n.decay);
  Floats g = r.carry.arrives && !isCut(&n, r.firstStep + r.steps) ? load(carry) : zeros();
  for (int end = r.steps; end > 0; end = uncutFrom(&n, r.firstStep, end)) {
    if (end < r.steps) g = zeros();
    for (int t = end - 1; t >= uncutFrom(&n, r.firstStep, end); t--) {
      g = fma(decay, g, load(rows + (size_t)t * kLanes));
      store(rows + (size_t)t * kLanes, g);
    }
  }
  if (r.carry.data) store(carry, g);
}

} // namespace

extern "C" void KERNEL(routedInputGradient)(const RoutedInputGradient *gradient) {
  const RoutedInputGradient &g = *gradient;
  const size_t places = (size_t)g.window->height * g.window->width, length = (size_t)g.steps * kLanes;
  const size_t taps = (size_t)g.window->kernelHeight * g.window->kernelWidth;
  const size_t blockWeights = taps * g.outputBlocks * kLanes * kLanes;
  for (size_t i = 0; i < g.inputBlocks * places * length; i += kLanes) store(g.output + i, zeros());
  addOthers(g);
  for (int block = 0; block < g.inputBlocks; block++) {
    for (size_t place = 0; place < places; place++) {
      const size_t at = (size_t)block * places + place;
      float *rows = g.output + at * length;
      addFirsts(g, place, g.transposed + block * blockWeights, rows);
      leakBack(g, rows, g.carry.data + at * kLanes);
    }
  }
}
