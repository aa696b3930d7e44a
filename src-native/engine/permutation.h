#pragma once
#include <cstdint>

namespace spikedesk {

/** Which random numbers a permutation is drawn with: the key, and the counter's second word. */
struct PermutationDraw {
  uint32_t seed, purpose, stream;
};

/** Fills `order` with the permutation of 0..count-1 that `permutation` of src-shared/philox.ts gives, bit for bit. */
void permute(uint32_t *order, uint32_t count, const PermutationDraw &draw);

} // namespace spikedesk
