// Convolution of a list of inputs: each adds the weights that it meets to the sums of its step. Sums run over the
// inputs in the order of the list, whatever the places and blocks that are computed together.
#include "entry.h"
#include "list_window.h"

namespace {

template <int Blocks, bool Values> void places(const ListProduct &p, int block) {
  const size_t length = (size_t)p.steps * kLanes;
  const float *weight = p.weight + (size_t)block * p.weightStride;
  const size_t weightStride = p.weightStride, outputStride = p.outputStride;
  Floats start[Blocks];
  for (int j = 0; j < Blocks; j++) start[j] = p.bias ? load(p.bias + (block + j) * kLanes) : zeros();
  float *output = p.output + (size_t)block * outputStride;
  const uint32_t *entries = p.inputs->entries;
  for (int place = p.firstPlace; place < p.firstPlace + p.places; place++, output += length) {
    for (int j = 0; j < Blocks; j++)
      for (size_t at = 0; at < length; at += kLanes) store(output + j * outputStride + at, start[j]);
    eachRun(*p.inputs, *p.window, place, [&](uint32_t from, uint32_t to, ptrdiff_t rows) {
      for (uint32_t i = from; i < to; i++) {
        const uint32_t entry = entries[i];
        float *sum = output + stepOf(entry) * kLanes;
        const float *row = weight + (rowOf(entry) + rows) * kLanes;
#pragma GCC unroll 4
        for (int j = 0; j < Blocks; j++) {
          const Floats before = load(sum + j * outputStride), w = load(row + j * weightStride);
          store(sum + j * outputStride, Values ? fma(broadcast(p.inputs->values[i]), w, before) : before + w);
        }
      }
    });
  }
}

} // namespace

extern "C" void KERNEL(listProduct)(const ListProduct *product) {
  const ListProduct &p = *product;
  inBlocks<4>(p.blocks, 0, [&]<int Blocks>(int block) {
    if (p.inputs->values) places<Blocks, true>(p, block);
    else places<Blocks, false>(p, block);
  });
}
