// Which groups of pixels are not all black.
#include <string.h>

#include "entry.h"
#include "vector.h"

/** Of up to 64 groups of kActiveInputs bytes a bit where any is not 0; the last group may be cut short. */
extern "C" uint64_t KERNEL(litGroups)(const uint8_t *bytes, int count) {
  static_assert(kActiveInputs == 8, "a group is a word of 64 bits");
  uint64_t lit = 0, pixels;
  int group = 0;
#if defined(__AVX512F__)
  for (; (group + 8) * kActiveInputs <= count; group += 8) {
    const __m512i eight = _mm512_loadu_si512(bytes + group * kActiveInputs);
    lit |= (uint64_t)_mm512_test_epi64_mask(eight, eight) << group;
  }
#endif
  for (; (group + 1) * kActiveInputs <= count; group++) {
    memcpy(&pixels, bytes + group * kActiveInputs, kActiveInputs);
    lit |= (uint64_t)(pixels != 0) << group;
  }
  if (group * kActiveInputs == count) return lit;
  pixels = 0;
  memcpy(&pixels, bytes + group * kActiveInputs, (size_t)(count - group * kActiveInputs));
  return lit | (uint64_t)(pixels != 0) << group;
}
