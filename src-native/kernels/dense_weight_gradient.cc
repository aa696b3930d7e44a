// weightGradient = Σ gradient ⊗ input over samples and steps in ascending order; the sums of a tile of inputs and
// blocks of outputs stay in registers until the optimizer takes them. Samples in which all inputs of a tile are 0 add
// nothing and are left out.
#include "entry.h"
#include "update.h"

namespace {

/** What the optimizer will read, fetched while the sums are computed. */
template <int Blocks> INLINE void fetch(const Update &u, size_t at, size_t blockStride) {
  for (int j = 0; j < Blocks; j++) {
    for (int i = 0; i < kTileInputs; i++) {
      const size_t place = at + j * blockStride + (size_t)i * kLanes;
      if (u.kind <= kAddGradient) continue;
      __builtin_prefetch(u.parameter + place, 1);
      if (u.first) __builtin_prefetch(u.first + place, 1);
      if (u.second) __builtin_prefetch(u.second + place, 1);
    }
  }
}

/** The gradients of some blocks of outputs, which other cores may have made: the first inputs bring them, all others find
 * them. */
void fetchGradients(const DenseWeightGradient &g) {
  const size_t floats = (size_t)g.outputBlocks * g.steps * kLanes;
  const float *first = g.gradient + (size_t)g.firstOutputBlock * g.steps * kLanes;
  for (int sample = 0; sample < g.samples; sample++)
    for (size_t at = 0; at < floats; at += kLanes) __builtin_prefetch(first + (size_t)sample * g.gradientStride + at);
}

template <int Blocks> void tile(const DenseWeightGradient &g, int block, int input) {
  fetch<Blocks>(*g.update, (size_t)block * g.weightStride + (size_t)input * kLanes, g.weightStride);
  Floats sum[kTileInputs][Blocks];
#pragma GCC unroll 8
  for (int i = 0; i < kTileInputs; i++)
#pragma GCC unroll 4
    for (int j = 0; j < Blocks; j++) sum[i][j] = zeros();
  const size_t blockStride = (size_t)g.steps * kLanes;
  const float *inputs = g.input + (size_t)(input / kLanes) * blockStride + input % kLanes;
  const float *gradients = g.gradient + (size_t)block * blockStride;
  const int words = (g.samples + 63) / 64;
  const uint64_t *active = g.active ? g.active + (size_t)(input / kActiveInputs) * (size_t)words : nullptr;
  for (int word = 0; word < words; word++) {
    const int left = g.samples - word * 64;
    const uint64_t all = left < 64 ? (uint64_t(1) << left) - 1 : ~uint64_t(0);
    for (uint64_t rest = active ? active[word] : all; rest; rest &= rest - 1) {
      const size_t sample = (size_t)(word * 64 + __builtin_ctzll(rest));
      const float *x = inputs + sample * g.inputStride, *d = gradients + sample * g.gradientStride;
      for (size_t at = 0; at < blockStride; at += kLanes) {
        __builtin_prefetch(x + blockStride + at);
        Floats b[Blocks];
#pragma GCC unroll 4
        for (int j = 0; j < Blocks; j++) b[j] = load(d + j * blockStride + at);
#pragma GCC unroll 8
        for (int i = 0; i < kTileInputs; i++) {
          const Floats a = broadcast(x[at + i]);
#pragma GCC unroll 4
          for (int j = 0; j < Blocks; j++) sum[i][j] = fma(a, b[j], sum[i][j]);
        }
      }
    }
  }
  const size_t at = (size_t)block * g.weightStride + (size_t)input * kLanes;
  if (isPlainAdam(*g.update)) {
    // From the registers; for all optimizers together that would be more code than a core keeps decoded.
    const Update u = *g.update;
#pragma GCC unroll 4
    for (int j = 0; j < Blocks; j++)
#pragma GCC unroll 8
      for (int i = 0; i < kTileInputs; i++) {
        const size_t place = at + (size_t)j * g.weightStride + (size_t)i * kLanes;
        applyAdam(u, place, load(u.parameter + place), sum[i][j]);
      }
    return;
  }
  alignas(64) float sums[Blocks][kTileInputs * kLanes];
#pragma GCC unroll 4
  for (int j = 0; j < Blocks; j++)
#pragma GCC unroll 8
    for (int i = 0; i < kTileInputs; i++) store(sums[j] + i * kLanes, sum[i][j]);
  applyUpdates(*g.update, sums[0], at, g.weightStride, Blocks, kTileInputs);
}

template <int Blocks> void tileOf(const DenseWeightGradient &g, int blocks, int block, int input) {
  if constexpr (Blocks > 1) {
    if (blocks < Blocks) return tileOf<Blocks - 1>(g, blocks, block, input);
  }
  tile<Blocks>(g, block, input);
}

} // namespace

extern "C" void KERNEL(denseWeightGradient)(const DenseWeightGradient *gradient) {
  const DenseWeightGradient &g = *gradient;
  if (g.firstInputBlock == 0 && g.steps == 1) fetchGradients(g);
  const int tiles = (g.outputBlocks + kTileBlocks - 1) / kTileBlocks;
  for (int bt = 0; bt < tiles; bt++) {
    const int first = g.outputBlocks * bt / tiles, blocks = g.outputBlocks * (bt + 1) / tiles - first;
    const int end = (g.firstInputBlock + g.inputBlocks) * kLanes;
    for (int input = g.firstInputBlock * kLanes; input < end; input += kTileInputs)
      tileOf<kTileBlocks>(g, blocks, g.firstOutputBlock + first, input);
  }
}
