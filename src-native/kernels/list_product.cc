// Convolution of a list of inputs: each adds the weights that it meets to the sums of its step at the places that see
// it. The sums of a place run over the rows of the kernel and then over the list, whatever is computed together.
#include "entry.h"
#include "list_window.h"

namespace {

template <int Width, int Blocks, bool Values>
INLINE void addRun(const ListProduct &p, const Run &run, const float *weight, float *output) {
  const size_t length = (size_t)p.steps * kLanes, weightStride = p.weightStride, outputStride = p.outputStride;
  const uint32_t *entries = p.inputs->entries;
  weight += run.weightRow * kLanes;
  output += run.outputRow * kLanes;
  for (uint32_t i = run.from; i < run.to; i++) {
    const float *row = weight + weightRowOf(entries[i]) * kLanes;
    float *sum = output + outputRowOf(entries[i]) * kLanes;
    const Floats value = Values ? broadcast(p.inputs->values[i]) : zeros();
#pragma GCC unroll 5
    for (int kx = 0; kx < Width; kx++) {
#pragma GCC unroll 4
      for (int j = 0; j < Blocks; j++) {
        float *to = sum + j * outputStride - kx * length;
        const Floats w = load(row + j * weightStride + kx * kLanes * kLanes);
        store(to, Values ? fma(value, w, load(to)) : load(to) + w);
      }
    }
  }
}

template <int Blocks, bool Values> void places(const ListProduct &p, const Places &at, int block) {
  const size_t length = (size_t)p.steps * kLanes;
  const float *weight = p.weight + (size_t)block * p.weightStride;
  float *output = p.output + (size_t)block * p.outputStride;
  for (int j = 0; j < Blocks; j++) {
    const Floats start = p.bias ? load(p.bias + (block + j) * kLanes) : zeros();
    for (size_t i = 0; i < length * (at.end - at.first); i += kLanes) store(output + j * p.outputStride + i, start);
  }
  const MapWindow &w = *p.window;
  const auto wide = [&]<int Width>() {
    eachRow(*p.inputs, w, p.steps, at, [&](const Run &run) { addRun<Width, Blocks, Values>(p, run, weight, output); });
  };
  if (p.margins && w.kernelWidth == 3) return wide.template operator()<3>();
  if (p.margins && w.kernelWidth == 5) return wide.template operator()<5>();
  eachColumn(*p.inputs, w, p.steps, at, [&](const Run &run) { addRun<1, Blocks, Values>(p, run, weight, output); });
}

} // namespace

extern "C" void KERNEL(listProduct)(const ListProduct *product) {
  const ListProduct &p = *product;
  const Places at = {p.row, p.firstColumn, p.firstColumn + p.columns};
  inBlocks<4>(p.blocks, 0, [&]<int Blocks>(int block) {
    if (p.inputs->values) places<Blocks, true>(p, at, block);
    else places<Blocks, false>(p, at, block);
  });
}
