// Weight gradient of a convolution of a list of inputs: each adds the gradient of its step to the sums of the weights
// that it met.
#include "entry.h"
#include "list_window.h"

namespace {

template <int Blocks, bool Values> void places(const ListGradient &g, int block) {
  const size_t length = (size_t)g.steps * kLanes;
  float *sums = g.sums + (size_t)block * g.sumsStride;
  const size_t sumsStride = g.sumsStride, gradientStride = g.gradientStride;
  const float *gradient = g.gradient + (size_t)block * gradientStride;
  const uint32_t *entries = g.inputs->entries;
  for (int place = g.firstPlace; place < g.firstPlace + g.places; place++, gradient += length) {
    eachRun(*g.inputs, *g.window, place, [&](uint32_t from, uint32_t to, ptrdiff_t rows) {
      for (uint32_t i = from; i < to; i++) {
        const uint32_t entry = entries[i];
        const float *row = gradient + stepOf(entry) * kLanes;
        float *sum = sums + (rowOf(entry) + rows) * kLanes;
#pragma GCC unroll 4
        for (int j = 0; j < Blocks; j++) {
          const Floats before = load(sum + j * sumsStride), d = load(row + j * gradientStride);
          store(sum + j * sumsStride, Values ? fma(broadcast(g.inputs->values[i]), d, before) : before + d);
        }
      }
    });
  }
}

} // namespace

extern "C" void KERNEL(listGradient)(const ListGradient *gradient) {
  const ListGradient &g = *gradient;
  inBlocks<4>(g.blocks, 0, [&]<int Blocks>(int block) {
    if (g.inputs->values) places<Blocks, true>(g, block);
    else places<Blocks, false>(g, block);
  });
}
