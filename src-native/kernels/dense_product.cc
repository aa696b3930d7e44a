// output = input · weightᵀ + bias. A tile of rows (sample, step) and blocks of outputs stays in registers over all
// inputs; every sum runs over the inputs in ascending order whatever the tile, so a row's result does not depend on
// what is computed beside it.
#include "entry.h"
#include "vector.h"

namespace {

struct Tile {
  const float *row[8];
  float *output[8];
  const float *weight;
  size_t weightStride, inputBlockStride, outputBlockStride;
  const float *bias;
  int inputs;
};

/** Inputs from which on lines of the output are there before their sums are. */
constexpr int kInputsToFetch = 128;

template <int Rows, int Blocks> void tile(const Tile &t) {
  // Another core may have read what this tile writes.
  if (t.inputs >= kInputsToFetch)
    for (int i = 0; i < Rows; i++)
      for (int j = 0; j < Blocks; j++) __builtin_prefetch(t.output[i] + j * t.outputBlockStride, 1);
  Floats sum[Rows][Blocks];
#pragma GCC unroll 4
  for (int j = 0; j < Blocks; j++) {
    const Floats start = t.bias ? load(t.bias + j * kLanes) : zeros();
#pragma GCC unroll 8
    for (int i = 0; i < Rows; i++) sum[i][j] = start;
  }
  const float *row[Rows];
#pragma GCC unroll 8
  for (int i = 0; i < Rows; i++) row[i] = t.row[i];
  const float *w = t.weight;
  const size_t weightStride = t.weightStride, inputBlockStride = t.inputBlockStride;
  size_t at = 0;
  for (int left = t.inputs; left > 0; left -= kLanes) {
    const int count = left < kLanes ? left : kLanes;
    for (int k = 0; k < count; k++) {
      Floats b[Blocks];
#pragma GCC unroll 4
      for (int j = 0; j < Blocks; j++) b[j] = load(w + j * weightStride);
      w += kLanes;
#pragma GCC unroll 8
      for (int i = 0; i < Rows; i++) {
        const Floats a = broadcast(row[i][at + k]);
#pragma GCC unroll 4
        for (int j = 0; j < Blocks; j++) sum[i][j] = fma(a, b[j], sum[i][j]);
      }
    }
    at += inputBlockStride;
  }
#pragma GCC unroll 8
  for (int i = 0; i < Rows; i++)
#pragma GCC unroll 4
    for (int j = 0; j < Blocks; j++) store(t.output[i] + j * t.outputBlockStride, sum[i][j]);
}

template <int Rows, int Blocks> void tileOf(int rows, const Tile &t) {
  if constexpr (Rows > 1) {
    if (rows < Rows) return tileOf<Rows - 1, Blocks>(rows, t);
  }
  tile<Rows, Blocks>(t);
}

template <int Rows, int Blocks> void tileOf(int rows, int blocks, const Tile &t) {
  if constexpr (Blocks > 1) {
    if (blocks < Blocks) return tileOf<Rows, Blocks - 1>(rows, blocks, t);
  }
  tileOf<Rows, Blocks>(rows, t);
}

template <int Rows, int Blocks> void inTiles(const DenseProduct &p) {
  const int rows = p.samples * p.steps;
  const int rowTiles = (rows + Rows - 1) / Rows, blockTiles = (p.outputBlocks + Blocks - 1) / Blocks;
  // The first tiles have one row more than the others; a division for each would take as long as a short one.
  const int least = rows / rowTiles, longer = rows % rowTiles;
  const size_t sampleFloats = (size_t)p.steps * kLanes, toNextRow = p.inputStride - sampleFloats, toNextOutput = p.outputStride - sampleFloats;
  Tile t;
  t.weightStride = p.weightStride;
  t.inputBlockStride = t.outputBlockStride = sampleFloats;
  t.inputs = p.inputs;
  for (int bt = 0; bt < blockTiles; bt++) {
    const int block = p.outputBlocks * bt / blockTiles, blocks = p.outputBlocks * (bt + 1) / blockTiles - block;
    t.weight = p.weight + (size_t)block * p.weightStride;
    t.bias = p.bias ? p.bias + block * kLanes : nullptr;
    const float *row = p.input;
    float *output = p.output + (size_t)block * t.outputBlockStride;
    int step = 0;
    for (int rt = 0; rt < rowTiles; rt++) {
      const int count = least + (rt < longer);
      for (int i = 0; i < count; i++) {
        t.row[i] = row;
        t.output[i] = output;
        row += kLanes;
        output += kLanes;
        if (++step < p.steps) continue;
        step = 0;
        row += toNextRow;
        output += toNextOutput;
      }
      tileOf<Rows, Blocks>(count, blocks, t);
    }
  }
}

#if defined(__AVX512F__)
/** Four blocks, as a gradient goes back through: fewer rows leave room for all of them. */
constexpr int kWideRows = 6, kWideBlocks = 4;
#else
constexpr int kWideRows = kTileRows, kWideBlocks = kTileBlocks;
#endif

} // namespace

extern "C" void KERNEL(denseProduct)(const DenseProduct *product) {
  if (product->outputBlocks == kWideBlocks) return inTiles<kWideRows, kWideBlocks>(*product);
  inTiles<kTileRows, kTileBlocks>(*product);
}
