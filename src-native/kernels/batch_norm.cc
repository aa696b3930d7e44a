// Batch normalisation of one sample; what concerns the whole batch is put together by the caller.
#include "entry.h"
#include "vector.h"

namespace {

/** Calls `visit(statistics, first row, rows, distance)` for every block and row of statistics. */
template <class Visit> void eachStatistic(const NormMaps &n, Visit visit) {
  const size_t length = (size_t)n.places * n.steps;
  for (int b = 0; b < n.blocks; b++) {
    for (int r = 0; r < n.rows; r++) {
      const size_t at = ((size_t)r * n.blocks + b) * kLanes;
      if (n.rows == 1) visit(at, b * length, length, (size_t)1);
      else visit(at, b * length + r, (size_t)n.places, (size_t)n.steps);
    }
  }
}

constexpr int kChains = 4;

/** Adds up rows in four chains, joined in a fixed order: in one every row would wait for the one before. */
template <class Add> INLINE Floats inChains(size_t count, Add add) {
  Floats chains[kChains];
  for (int c = 0; c < kChains; c++) chains[c] = zeros();
  size_t i = 0;
  for (; i + kChains <= count; i += kChains)
#pragma GCC unroll 4
    for (int c = 0; c < kChains; c++) chains[c] = add(chains[c], i + (size_t)c);
  for (; i < count; i++) chains[0] = add(chains[0], i);
  return (chains[0] + chains[1]) + (chains[2] + chains[3]);
}

} // namespace

extern "C" void KERNEL(normMeasure)(const NormMaps *norm) {
  const NormMaps &n = *norm;
  eachStatistic(n, [&](size_t at, size_t from, size_t count, size_t distance) {
    const float *x = n.input + from * kLanes;
    const size_t pitch = distance * kLanes;
    const Floats sum = inChains(count, [&](Floats to, size_t i) { return to + load(x + i * pitch); });
    const Floats mean = sum / broadcast((float)count);
    store(n.first + at, mean);
    store(n.second + at, inChains(count, [&](Floats to, size_t i) {
            const Floats d = load(x + i * pitch) - mean;
            return fma(d, d, to);
          }));
  });
}

extern "C" void KERNEL(normForward)(const NormMaps *norm) {
  const NormMaps &n = *norm;
  eachStatistic(n, [&](size_t at, size_t from, size_t count, size_t distance) {
    const Floats mean = load(n.mean + at), scale = load(n.scale + at);
    const Floats bias = n.bias ? load(n.bias + at % ((size_t)n.blocks * kLanes)) : zeros();
    const size_t pitch = distance * kLanes;
    const float *x = n.input + from * kLanes;
    float *y = n.output + from * kLanes;
    for (size_t i = 0; i < count; i++) store(y + i * pitch, fma(load(x + i * pitch) - mean, scale, bias));
  });
}

extern "C" void KERNEL(normGradientSums)(const NormMaps *norm) {
  const NormMaps &n = *norm;
  eachStatistic(n, [&](size_t at, size_t from, size_t count, size_t distance) {
    const Floats mean = load(n.mean + at), inverse = load(n.inverse + at);
    const size_t pitch = distance * kLanes;
    const float *x = n.input + from * kLanes, *dy = n.gradient + from * kLanes;
    store(n.first + at, inChains(count, [&](Floats to, size_t i) { return to + load(dy + i * pitch); }));
    store(n.second + at, inChains(count, [&](Floats to, size_t i) {
            return fma(load(dy + i * pitch), (load(x + i * pitch) - mean) * inverse, to);
          }));
  });
}

extern "C" void KERNEL(normBackward)(const NormMaps *norm) {
  const NormMaps &n = *norm;
  eachStatistic(n, [&](size_t at, size_t from, size_t count, size_t distance) {
    const Floats mean = load(n.mean + at), inverse = load(n.inverse + at), scale = load(n.scale + at);
    const Floats sum = load(n.gradientMean + at), product = load(n.productMean + at);
    const size_t pitch = distance * kLanes;
    const float *x = n.input + from * kLanes, *dy = n.gradient + from * kLanes;
    float *dx = n.output + from * kLanes;
    for (size_t i = 0; i < count; i++) {
      const Floats normal = (load(x + i * pitch) - mean) * inverse;
      store(dx + i * pitch, scale * fnma(normal, product, load(dy + i * pitch) - sum));
    }
  });
}
