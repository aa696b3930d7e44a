#pragma once
#include <vector>

#include "columns.h"

namespace spikedesk {

/** How events are counted into frames. */
struct FrameCounting {
  uint32_t width = 0, height = 0;
  /** Places between the two polarities; 0 counts both into one plane. */
  uint32_t plane = 0;
  /** What an OFF event counts. */
  int32_t off = 1;
  uint32_t places() const { return plane > 0 ? 2 * plane : width * height; }
};

/** Step i counts events `from[i]` up to `to[i]`. */
struct Slices {
  const uint32_t *from = nullptr, *to = nullptr;
  size_t count = 0;
};

/** Sparse frames that grow at their end; there is room for an entry an event of every slice. */
struct SparseOutput {
  uint32_t *places = nullptr;
  /** Null where only places are kept. */
  float *values = nullptr;
  uint32_t length = 0;
};

/** Events of the slices, each once, and those among them that lie outside the sensor. */
struct CountedEvents {
  size_t shown = 0, outside = 0;
};

/** What one thread adds a frame up in; all zero between two frames. */
class FrameRoom {
public:
  /** Room for frames of so many places. Throws std::bad_alloc. */
  void fit(uint32_t places);
  int32_t *counts() { return counts_.data(); }
  uint64_t *marks() { return marks_.data(); }
  size_t words() const { return marks_.size(); }

private:
  std::vector<int32_t> counts_;
  std::vector<uint64_t> marks_;
};

/**
 * Appends the frames of a recording to `out` and the length after each step to `ends`, `[slices]`: the places whose
 * count is not zero, ascending, with the count or, where `binary`, a one.
 */
CountedEvents countFrames(const EventColumns &events, const Slices &slices, const FrameCounting &how, bool binary,
                          FrameRoom &room, SparseOutput &out, uint32_t *ends);

} // namespace spikedesk
