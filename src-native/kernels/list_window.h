#pragma once
// The runs of a list of inputs under a window.
#include "sparse_kernels.h"
#include "vector.h"

namespace {

/** Calls `visit(from, to, rows)` for each row of the kernel at an output's place: entries, and how far from the row of
 * weights that an entry names the one is that it meets. */
template <class Visit> INLINE void eachRun(const InputList &inputs, const MapWindow &w, int place, Visit visit) {
  const int top = place / w.outputWidth * w.strideY - w.paddingY, left = place % w.outputWidth * w.strideX - w.paddingX;
  const int from = left > 0 ? left : 0, to = left + w.kernelWidth < w.width ? left + w.kernelWidth : w.width;
  if (from >= to) return;
  for (int ky = 0; ky < w.kernelHeight; ky++) {
    const int y = top + ky;
    if (y < 0 || y >= w.height) continue;
    const uint32_t *starts = inputs.starts + (size_t)y * w.width;
    visit(starts[from], starts[to], (ptrdiff_t)(ky * w.kernelWidth - left) * kLanes);
  }
}

INLINE uint32_t stepOf(uint32_t entry) { return entry & 0xffffu; }
INLINE ptrdiff_t rowOf(uint32_t entry) { return (ptrdiff_t)(entry >> 16); }

/** Calls `call` with a count of blocks known to the compiler, for all of them. */
template <int N, class Call> INLINE void inBlocks(int blocks, int from, Call call) {
  for (; blocks - from >= N; from += N) call.template operator()<N>(from);
  if constexpr (N > 1) inBlocks<N / 2>(blocks, from, call);
}

} // namespace
