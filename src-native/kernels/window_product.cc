// Convolution, and its gradient at the input, as products over a padded input: a tile of output places (pixel,
// step) and blocks of output channels stays in registers over all weights. Every sum has the same order whatever
// the tile.
#include "entry.h"
#include "vector.h"

namespace {

#if defined(__AVX512F__)
constexpr int kPlaces = 14;
constexpr int kWindowBlocks = 2;
#elif defined(__AVX2__) || defined(__aarch64__)
constexpr int kPlaces = 6;
constexpr int kWindowBlocks = 1;
#else
constexpr int kPlaces = 2;
constexpr int kWindowBlocks = 1;
#endif

struct Tile {
  /** Where the places lie in the input; of a run only the first. */
  const float *place[kPlaces];
  const float *weight, *bias;
  float *output;
};

/** `Run`: the places lie side by side in the input. */
template <int Places, int Blocks, bool Run> void tile(const WindowProduct &p, const Tile &t, size_t outputBlockStride) {
  Floats sum[Places][Blocks];
#pragma GCC unroll 2
  for (int j = 0; j < Blocks; j++) {
    const Floats start = t.bias ? load(t.bias + j * kLanes) : zeros();
#pragma GCC unroll 14
    for (int i = 0; i < Places; i++) sum[i][j] = start;
  }
  const float *place[Run ? 1 : Places];
#pragma GCC unroll 14
  for (int i = 0; i < (Run ? 1 : Places); i++) place[i] = t.place[i];
  const size_t weightStride = p.weightStride;
  const float *chunk = t.weight;
  for (int k = 0; k < p.chunks; k++, chunk += kLanes * kLanes) {
    const size_t offset = p.offsets[k];
    const int count = p.counts[k];
    const auto addLane = [&](int lane) __attribute__((always_inline)) {
      Floats w[Blocks];
#pragma GCC unroll 2
      for (int j = 0; j < Blocks; j++) w[j] = load(chunk + j * weightStride + lane * kLanes);
#pragma GCC unroll 14
      for (int i = 0; i < Places; i++) {
        const Floats a = broadcast(Run ? place[0][offset + lane + (size_t)i * kLanes] : place[Run ? 0 : i][offset + lane]);
#pragma GCC unroll 2
        for (int j = 0; j < Blocks; j++) sum[i][j] = fma(a, w[j], sum[i][j]);
      }
    };
    // Most chunks are whole; written out, theirs run at the peak. Places that must be looked for are rare.
    if (Run && count == kLanes) {
#pragma GCC unroll 4
      for (int lane = 0; lane < kLanes; lane++) addLane(lane);
    } else {
      for (int lane = 0; lane < count; lane++) addLane(lane);
    }
  }
#pragma GCC unroll 14
  for (int i = 0; i < Places; i++)
#pragma GCC unroll 2
    for (int j = 0; j < Blocks; j++) store(t.output + i * kLanes + j * outputBlockStride, sum[i][j]);
}

/** A run cut into equal tiles leaves none that is less than half full. */
constexpr int kLeastRun = kPlaces / 2;

template <int Places, int Blocks, bool Run>
void tileOf(int places, const WindowProduct &p, const Tile &t, size_t outputBlockStride) {
  if constexpr (Places > (Run ? kLeastRun : 1)) {
    if (places < Places) return tileOf<Places - 1, Blocks, Run>(places, p, t, outputBlockStride);
  }
  tile<Places, Blocks, Run>(p, t, outputBlockStride);
}

/** Where the inputs of a row of places lie side by side, the row is cut into tiles. */
template <int Blocks> void runs(const WindowProduct &p, Tile &t, size_t outputBlockStride) {
  const int length = p.outputWidth * p.steps, tiles = (length + kPlaces - 1) / kPlaces;
  for (int row = 0; row < p.outputHeight; row++) {
    for (int n = 0; n < tiles; n++) {
      const int from = length * n / tiles, count = length * (n + 1) / tiles - from;
      t.place[0] = p.input + (size_t)row * p.rowPitch + (size_t)from * kLanes;
      tileOf<kPlaces, Blocks, true>(count, p, t, outputBlockStride);
      t.output += (size_t)count * kLanes;
    }
  }
}

/** Else all places of the map are, and each is looked for. */
template <int Blocks> void places(const WindowProduct &p, Tile &t, size_t outputBlockStride) {
  const int places = p.outputHeight * p.outputWidth * p.steps, tiles = (places + kPlaces - 1) / kPlaces;
  int step = 0, column = 0, row = 0;
  for (int n = 0; n < tiles; n++) {
    const int count = (int)((int64_t)places * (n + 1) / tiles - (int64_t)places * n / tiles);
    for (int i = 0; i < count; i++) {
      t.place[i] = p.input + (size_t)row * p.rowPitch + (size_t)column * p.pixelPitch + (size_t)step * kLanes;
      if (++step < p.steps) continue;
      step = 0;
      if (++column == p.outputWidth) column = 0, row++;
    }
    tileOf<kPlaces, Blocks, false>(count, p, t, outputBlockStride);
    t.output += (size_t)count * kLanes;
  }
}

template <int Blocks> void blocksFrom(const WindowProduct &p, int block) {
  const size_t outputBlockStride = (size_t)p.outputHeight * p.outputWidth * p.steps * kLanes;
  Tile t;
  t.weight = p.weight + (size_t)block * p.weightStride;
  t.bias = p.bias ? p.bias + (size_t)block * kLanes : nullptr;
  t.output = p.output + (size_t)block * outputBlockStride;
  // Short rows would leave most of a tile empty.
  const bool sideBySide = p.pixelPitch == (size_t)p.steps * kLanes && p.outputWidth * p.steps >= kLeastRun;
  if (sideBySide) runs<Blocks>(p, t, outputBlockStride);
  else places<Blocks>(p, t, outputBlockStride);
}

} // namespace

extern "C" void KERNEL(windowProduct)(const WindowProduct *product) {
  const WindowProduct &p = *product;
  int block = 0;
  if constexpr (kWindowBlocks == 2)
    for (; block + 2 <= p.outputBlocks; block += 2) blocksFrom<2>(p, block);
  for (; block < p.outputBlocks; block++) blocksFrom<1>(p, block);
}
