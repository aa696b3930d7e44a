#include "frames.h"

#include <algorithm>
#include <bit>

namespace spikedesk {

void FrameRoom::fit(uint32_t places) {
  if (counts_.size() == places) return;
  counts_.assign(places, 0);
  marks_.assign(((size_t)places + 63) / 64, 0);
}

namespace {

/** Moves what is not zero to the end of `out` and begins anew. Zeros are written over, which no branch has to guess. */
template <bool kBinary, bool kValues> void flush(FrameRoom &room, SparseOutput &out) {
  int32_t *counts = room.counts();
  uint64_t *marks = room.marks();
  uint32_t length = out.length;
  for (size_t word = 0; word < room.words(); word++) {
    uint64_t bits = marks[word];
    if (bits == 0) continue;
    marks[word] = 0;
    for (; bits != 0; bits &= bits - 1) {
      const uint32_t place = (uint32_t)(word * 64) + (uint32_t)std::countr_zero(bits);
      const int32_t count = counts[place];
      counts[place] = 0;
      out.places[length] = place;
      if constexpr (kValues) out.values[length] = kBinary ? 1.0f : (float)count;
      length += count != 0;
    }
  }
  out.length = length;
}

/** Counts events that follow each other; returns how many of those from `fresh` on lie outside. */
size_t add(const EventColumns &events, size_t begin, size_t end, size_t fresh, const FrameCounting &how,
           FrameRoom &room) {
  int32_t *counts = room.counts();
  uint64_t *marks = room.marks();
  // Looked up and not branched on: the polarity of an event cannot be guessed from those before it.
  const int32_t share[2] = {how.off, 1};
  const uint32_t plane[2] = {0, how.plane};
  size_t outside = 0;
  for (size_t i = begin; i < end; i++) {
    const uint32_t x = events.x[i], y = events.y[i], on = events.p[i] != 0;
    if (x >= how.width || y >= how.height) {
      outside += i >= fresh;
      continue;
    }
    const uint32_t place = plane[on] + y * how.width + x;
    counts[place] += share[on];
    marks[place >> 6] |= uint64_t(1) << (place & 63);
  }
  return outside;
}

} // namespace

CountedEvents countFrames(const EventColumns &events, const Slices &slices, const FrameCounting &how, bool binary,
                          FrameRoom &room, SparseOutput &out, uint32_t *ends) {
  room.fit(how.places());
  const auto move = !out.values ? flush<false, false> : binary ? flush<true, true> : flush<false, true>;
  CountedEvents counted;
  size_t seen = 0;
  for (size_t step = 0; step < slices.count; step++) {
    const size_t begin = slices.from[step], end = slices.to[step], fresh = std::max(begin, seen);
    counted.outside += add(events, begin, end, fresh, how, room);
    if (end > fresh) counted.shown += end - fresh;
    seen = std::max(seen, end);
    move(room, out);
    ends[step] = out.length;
  }
  return counted;
}

} // namespace spikedesk
