// Weight gradient of a convolution, for one sample: the sums of a tile of inputs and blocks of outputs stay in
// registers over all places and steps, and are added to those of the samples before.
#include "entry.h"
#include "vector.h"

namespace {

#if defined(__AVX512F__)
constexpr int kInputs = 12;
constexpr int kGradientTileBlocks = 2;
#else
constexpr int kInputs = kTileInputs;
constexpr int kGradientTileBlocks = 1;
#endif

template <int Inputs, int Blocks> void tile(const WindowWeightGradient &g, int block, int first) {
  Floats sum[Inputs][Blocks];
  const float *input[Inputs];
#pragma GCC unroll 12
  for (int i = 0; i < Inputs; i++) {
    input[i] = g.input + g.offsets[first + i];
#pragma GCC unroll 2
    for (int j = 0; j < Blocks; j++)
      sum[i][j] = load(g.sums + (size_t)(block + j) * g.sumsStride + (size_t)g.slots[first + i] * kLanes);
  }
  const size_t blockStride = (size_t)g.outputHeight * g.outputWidth * g.steps * kLanes;
  // A row of places whose inputs lie side by side is one run; with a stride every place is.
  const bool whole = g.pixelPitch == (size_t)g.steps * kLanes;
  const int runs = whole ? 1 : g.outputWidth;
  const size_t length = (size_t)(whole ? g.outputWidth : 1) * g.steps * kLanes;
  const float *gradient = g.gradient + (size_t)(g.firstBlock + block) * blockStride;
  for (int y = 0; y < g.outputHeight; y++) {
    for (int run = 0; run < runs; run++, gradient += length) {
      const size_t from = (size_t)y * g.rowPitch + (size_t)run * g.pixelPitch;
      for (size_t at = 0; at < length; at += kLanes) {
        Floats d[Blocks];
#pragma GCC unroll 2
        for (int j = 0; j < Blocks; j++) d[j] = load(gradient + j * blockStride + at);
#pragma GCC unroll 12
        for (int i = 0; i < Inputs; i++) {
          const Floats a = broadcast(input[i][from + at]);
#pragma GCC unroll 2
          for (int j = 0; j < Blocks; j++) sum[i][j] = fma(a, d[j], sum[i][j]);
        }
      }
    }
  }
#pragma GCC unroll 12
  for (int i = 0; i < Inputs; i++)
#pragma GCC unroll 2
    for (int j = 0; j < Blocks; j++)
      store(g.sums + (size_t)(block + j) * g.sumsStride + (size_t)g.slots[first + i] * kLanes, sum[i][j]);
}

template <int Inputs, int Blocks> void tileOf(int inputs, const WindowWeightGradient &g, int block, int first) {
  if constexpr (Inputs > 1) {
    if (inputs < Inputs) return tileOf<Inputs - 1, Blocks>(inputs, g, block, first);
  }
  tile<Inputs, Blocks>(g, block, first);
}

template <int Blocks> void tiles(const WindowWeightGradient &g, int block) {
  const int count = (g.inputs + kInputs - 1) / kInputs;
  for (int n = 0; n < count; n++) {
    const int first = (int)((int64_t)g.inputs * n / count), end = (int)((int64_t)g.inputs * (n + 1) / count);
    tileOf<kInputs, Blocks>(end - first, g, block, first);
  }
}

} // namespace

extern "C" void KERNEL(windowWeightGradient)(const WindowWeightGradient *gradient) {
  const WindowWeightGradient &g = *gradient;
  int block = 0;
  if constexpr (kGradientTileBlocks == 2)
    for (; block + 2 <= g.blocks; block += 2) tiles<2>(g, block);
  for (; block < g.blocks; block++) tiles<1>(g, block);
}
