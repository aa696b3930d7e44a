// Weight gradient of a convolution of a list of inputs: each adds the gradients of its step, at the places that see it,
// to the sums of the weights that it meets there.
#include "entry.h"
#include "list_window.h"

namespace {

template <int Width, int Blocks, bool Values>
INLINE void addRun(const ListGradient &g, const Run &run, const float *gradient, float *sums) {
  const size_t length = (size_t)g.steps * kLanes, sumsStride = g.sumsStride, gradientStride = g.gradientStride;
  const uint32_t *entries = g.inputs->entries;
  sums += run.weightRow * kLanes;
  gradient += run.outputRow * kLanes;
  for (uint32_t i = run.from; i < run.to; i++) {
    float *sum = sums + weightRowOf(entries[i]) * kLanes;
    const float *row = gradient + outputRowOf(entries[i]) * kLanes;
    const Floats value = Values ? broadcast(g.inputs->values[i]) : zeros();
#pragma GCC unroll 5
    for (int kx = 0; kx < Width; kx++) {
#pragma GCC unroll 4
      for (int j = 0; j < Blocks; j++) {
        float *to = sum + j * sumsStride + kx * kLanes * kLanes;
        const Floats d = load(row + j * gradientStride - kx * length);
        store(to, Values ? fma(value, d, load(to)) : load(to) + d);
      }
    }
  }
}

template <int Blocks, bool Values> void places(const ListGradient &g, const Places &at, int block) {
  float *sums = g.sums + (size_t)block * g.sumsStride;
  const float *gradient = g.gradient + (size_t)block * g.gradientStride;
  const MapWindow &w = *g.window;
  const auto wide = [&]<int Width>() {
    eachRow(*g.inputs, w, g.steps, at, [&](const Run &run) { addRun<Width, Blocks, Values>(g, run, gradient, sums); });
  };
  if (g.margins && w.kernelWidth == 3) return wide.template operator()<3>();
  if (g.margins && w.kernelWidth == 5) return wide.template operator()<5>();
  eachColumn(*g.inputs, w, g.steps, at, [&](const Run &run) { addRun<1, Blocks, Values>(g, run, gradient, sums); });
}

} // namespace

extern "C" void KERNEL(listGradient)(const ListGradient *gradient) {
  const ListGradient &g = *gradient;
  const Places at = {g.row, g.firstColumn, g.firstColumn + g.columns};
  inBlocks<4>(g.blocks, 0, [&]<int Blocks>(int block) {
    if (g.inputs->values) places<Blocks, true>(g, at, block);
    else places<Blocks, false>(g, at, block);
  });
}
