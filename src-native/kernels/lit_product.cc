// output = input · weightᵀ + bias over one step, without the inputs that are 0 in all rows of a tile: they would add
// zeros. Sums run over the inputs in ascending order, so that a row's result does not depend on its tile.
#include "entry.h"
#include "vector.h"

namespace {

template <int Blocks> void tile(const LitProduct &p, const uint16_t *order, int count, int block) {
  const DenseProduct &dense = p.dense;
  const float *row[kTileRows];
  float *output[kTileRows];
  const uint64_t *lit[kTileRows];
  Floats sum[kTileRows][Blocks];
#pragma GCC unroll 8
  for (int i = 0; i < kTileRows; i++) {
    // Where there are fewer rows the last one is computed again.
    const size_t sample = order[i < count ? i : count - 1];
    row[i] = dense.input + sample * dense.inputStride;
    output[i] = dense.output + sample * dense.outputStride + (size_t)block * kLanes;
    lit[i] = p.lit + sample * (size_t)p.litWords;
#pragma GCC unroll 4
    for (int j = 0; j < Blocks; j++) {
      // Another core may have read what this tile writes.
      __builtin_prefetch(output[i] + j * kLanes, 1);
      sum[i][j] = dense.bias ? load(dense.bias + (size_t)(block + j) * kLanes) : zeros();
    }
  }
  const size_t weightStride = dense.weightStride;
  const float *weight = dense.weight + (size_t)block * weightStride;
  for (int word = 0; word < p.litWords; word++) {
    uint64_t rest = 0;
#pragma GCC unroll 8
    for (int i = 0; i < kTileRows; i++) rest |= lit[i][word];
    for (; rest; rest &= rest - 1) {
      const size_t k = (size_t)word * 64 + (size_t)__builtin_ctzll(rest);
      const float *w = weight + k * kLanes;
      Floats b[Blocks];
#pragma GCC unroll 4
      for (int j = 0; j < Blocks; j++) b[j] = load(w + j * weightStride);
#pragma GCC unroll 8
      for (int i = 0; i < kTileRows; i++) {
        const Floats a = broadcast(row[i][k]);
#pragma GCC unroll 4
        for (int j = 0; j < Blocks; j++) sum[i][j] = fma(a, b[j], sum[i][j]);
      }
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < kTileRows; i++)
#pragma GCC unroll 4
    for (int j = 0; j < Blocks; j++) store(output[i] + j * kLanes, sum[i][j]);
}

template <int Blocks> void tileOf(int blocks, const LitProduct &p, const uint16_t *order, int count, int block) {
  if constexpr (Blocks > 1) {
    if (blocks < Blocks) return tileOf<Blocks - 1>(blocks, p, order, count, block);
  }
  tile<Blocks>(p, order, count, block);
}

} // namespace

extern "C" void KERNEL(litProduct)(const LitProduct *product) {
  const LitProduct &p = *product;
  const int blocks = p.dense.outputBlocks, tiles = (blocks + kTileBlocks - 1) / kTileBlocks;
  for (int bt = 0; bt < tiles; bt++) {
    const int block = blocks * bt / tiles, end = blocks * (bt + 1) / tiles;
    for (int i = 0; i < p.dense.samples; i += kTileRows)
      tileOf<kTileBlocks>(end - block, p, p.order + i, p.dense.samples - i, block);
  }
}
