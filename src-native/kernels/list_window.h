#pragma once
// The entries of a list under the window of places side by side in a row of the output, and where they lead.
#include "sparse_kernels.h"
#include "vector.h"

namespace {

/** Places side by side: `row`, columns from `first` up to `end`. */
struct Places {
  int row, first, end;
};

/** Entries `from` to `to` meet weights `weightRow` rows of 16 beyond those that they name and, in units of 16 floats, lead
 * to `outputRow` beyond what they name. */
struct Run {
  uint32_t from, to;
  ptrdiff_t weightRow, outputRow;
};

INLINE ptrdiff_t weightRowOf(uint32_t entry) { return (ptrdiff_t)(entry >> 16); }
INLINE ptrdiff_t outputRowOf(uint32_t entry) { return (ptrdiff_t)(entry & 0xffffu); }

/** Calls `visit` for each row of the kernel with the whole run of entries that any of the places see, where columns are
 * not skipped; the run is that of the kernel's first column, the next are one row of weights further and one place back. */
template <class Visit>
INLINE void eachRow(const InputList &inputs, const MapWindow &w, int steps, const Places &p, Visit visit) {
  const int left = p.first - w.paddingX, right = p.end - 1 - w.paddingX + w.kernelWidth;
  const int from = left > 0 ? left : 0, to = right < w.width ? right : w.width;
  if (from >= to) return;
  for (int ky = 0; ky < w.kernelHeight; ky++) {
    const int y = p.row * w.strideY - w.paddingY + ky;
    if (y < 0 || y >= w.height) continue;
    const uint32_t *starts = inputs.starts + (size_t)y * w.width;
    visit(Run{starts[from], starts[to], (ptrdiff_t)(ky * w.kernelWidth) * kLanes, (ptrdiff_t)-left * steps});
  }
}

/** Calls `visit` for each place of the kernel and column of the input with the entries there, whatever the stride. */
template <class Visit>
INLINE void eachColumn(const InputList &inputs, const MapWindow &w, int steps, const Places &p, Visit visit) {
  for (int ky = 0; ky < w.kernelHeight; ky++) {
    const int y = p.row * w.strideY - w.paddingY + ky;
    if (y < 0 || y >= w.height) continue;
    const uint32_t *starts = inputs.starts + (size_t)y * w.width;
    for (int x = 0; x < w.width; x++) {
      if (starts[x] == starts[x + 1]) continue;
      for (int kx = 0; kx < w.kernelWidth; kx++) {
        const int reach = x + w.paddingX - kx, column = reach / w.strideX;
        if (reach < 0 || reach % w.strideX != 0 || column < p.first || column >= p.end) continue;
        visit(Run{starts[x], starts[x + 1], (ptrdiff_t)(ky * w.kernelWidth + kx) * kLanes,
                  (ptrdiff_t)(column - p.first - x) * steps});
      }
    }
  }
}

/** Calls `call` with a count of blocks known to the compiler, for all of them. */
template <int N, class Call> INLINE void inBlocks(int blocks, int from, Call call) {
  for (; blocks - from >= N; from += N) call.template operator()<N>(from);
  if constexpr (N > 1) inBlocks<N / 2>(blocks, from, call);
}

} // namespace
