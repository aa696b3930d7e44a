#pragma once
// The inputs under a window of pooling.
#include "map_kernels.h"

namespace {

/** Rows or columns `from`, `from + step`, ... below `to`. */
struct Span {
  int from, to, step;
};

inline Span spanOf(int size, int outputs, int at, int kernel, int stride, int padding, int dilation, bool adaptive) {
  if (adaptive) {
    const int64_t whole = size;
    return {(int)(at * whole / outputs), (int)(((at + 1) * whole + outputs - 1) / outputs), 1};
  }
  int from = at * stride - padding;
  const int end = from + (kernel - 1) * dilation + 1;
  while (from < 0) from += dilation;
  return {from, end < size ? end : size, dilation};
}

/** Calls `visit(output place, rows, columns, divisor)` for every place. */
template <class Visit> inline void eachRegion(const PoolMaps &p, Visit visit) {
  const MapWindow &w = *p.window;
  const bool adaptive = p.kind == kPoolAdaptiveAverage;
  for (int y = 0; y < w.outputHeight; y++) {
    const Span rows = spanOf(w.height, w.outputHeight, y, w.kernelHeight, w.strideY, w.paddingY, w.dilationY, adaptive);
    for (int x = 0; x < w.outputWidth; x++) {
      const Span columns =
          spanOf(w.width, w.outputWidth, x, w.kernelWidth, w.strideX, w.paddingX, w.dilationX, adaptive);
      const int divisor = adaptive ? (rows.to - rows.from) * (columns.to - columns.from) : w.kernelHeight * w.kernelWidth;
      visit(y * w.outputWidth + x, rows, columns, (float)divisor);
    }
  }
}

template <class Visit> inline void eachInput(const MapWindow &w, const Span &rows, const Span &columns, Visit visit) {
  for (int y = rows.from; y < rows.to; y += rows.step)
    for (int x = columns.from; x < columns.to; x += columns.step) visit((size_t)y * w.width + x);
}

} // namespace
