#pragma once
#include <stdint.h>

namespace {

/** A bit for each of the eight bytes of a word that is not 0, the lowest byte's first. */
inline uint64_t litBytes(uint64_t word) {
  constexpr uint64_t kLow = 0x7f7f7f7f7f7f7f7f;
  // The highest bit of each such byte, then these side by side.
  const uint64_t high = (((word & kLow) + kLow) | word) & ~kLow;
  return (high >> 7) * 0x0102040810204080 >> 56;
}

} // namespace
