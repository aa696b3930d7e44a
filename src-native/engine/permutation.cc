#include "permutation.h"

#include <algorithm>
#include <numeric>

#include "../kernels/philox.h"

namespace spikedesk {

namespace {

/** Numbers that are drawn at once: the four words of 16 counters. */
constexpr uint32_t kDrawn = 4 * kLanes;

/** The words of the counters from `first` on, of 16 each first, second, third and fourth. */
void drawWords(const PhiloxKeys &keys, uint32_t first, uint32_t stream, uint32_t (&words)[4][kLanes]) {
  uint32_t counters[kLanes];
  std::iota(counters, counters + kLanes, first);
  Words x[1][4] = {{wordsFrom(counters), broadcastWord(stream), broadcastWord(0), broadcastWord(0)}};
  philox<1>(keys, x);
  __builtin_memcpy(words, x, sizeof words);
}

} // namespace

void permute(uint32_t *order, uint32_t count, const PermutationDraw &draw) {
  std::iota(order, order + count, 0u);
  const PhiloxKeys keys = philoxKeys(draw.seed, draw.purpose);
  uint32_t words[4][kLanes];
  uint32_t left = count > 0 ? count - 1 : 0;
  for (uint32_t counter = 0; left > 0; counter += kLanes) {
    drawWords(keys, counter, draw.stream, words);
    const uint32_t swaps = std::min(kDrawn, left);
    for (uint32_t n = 0; n < swaps; n++, left--) {
      // In doubles as in JavaScript, where a product beyond 2^53 is rounded.
      const double share = (double)words[n & 3][n >> 2] / 4294967296.0;
      std::swap(order[left], order[(uint32_t)(share * ((double)left + 1))]);
    }
  }
}

} // namespace spikedesk
