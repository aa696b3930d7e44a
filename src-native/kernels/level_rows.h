#pragma once
// Which row of a table each pixel of an image has.
#include "encode_kernels.h"
#include "vector.h"

namespace {

/** The rows of the 256 bytes in this image. */
inline const uint32_t *rowsOf(const LevelRows &levels, const uint8_t *bytes, int pixels) {
  uint8_t largest = 0;
  for (int i = 0; i < pixels; i++) {
    const uint8_t rank = levels.ranks[bytes[i]];
    largest = rank > largest ? rank : largest;
  }
  return levels.rows + (size_t)largest * 256;
}

} // namespace
