// Which inputs of an image are not black.
#include <string.h>

#include "entry.h"
#include "lit_bytes.h"
#include "vector.h"

namespace {

constexpr int kWord = 64;

/** A bit for each of 64 bytes that is not 0. */
INLINE uint64_t litOf(const uint8_t *bytes) {
#if defined(__AVX512BW__)
  const __m512i all = _mm512_loadu_si512(bytes);
  return _mm512_test_epi8_mask(all, all);
#else
  uint64_t lit = 0;
  for (int i = 0; i < kWord; i += 8) {
    uint64_t eight;
    memcpy(&eight, bytes + i, sizeof eight);
    lit |= litBytes(eight) << i;
  }
  return lit;
#endif
}

/** The same of less. */
INLINE uint64_t litOf(const uint8_t *bytes, int count) {
#if defined(__AVX512BW__)
  const __m512i some = _mm512_maskz_loadu_epi8((uint64_t(1) << count) - 1, bytes);
  return _mm512_test_epi8_mask(some, some);
#else
  uint8_t rest[kWord] = {};
  memcpy(rest, bytes, (size_t)count);
  return litOf(rest);
#endif
}

} // namespace

/** A bit for each of `count` bytes that is not 0, 64 in a word; returns how many of these there are, and how many words lie
 * between the first and the last one that have any. */
extern "C" LitExtent KERNEL(litInputs)(const uint8_t *bytes, int count, uint64_t *lit) {
  const int words = (count + kWord - 1) / kWord, wordsOfBit = (words + 63) / 64;
  uint64_t any = 0, bit = 1;
  int lights = 0, ofBit = 0;
  for (int k = 0; k < words; k++) {
    const int left = count - k * kWord;
    lit[k] = left < kWord ? litOf(bytes + k * kWord, left) : litOf(bytes + k * kWord);
    lights += __builtin_popcountll(lit[k]);
    any |= lit[k] ? bit : 0;
    if (++ofBit < wordsOfBit) continue;
    ofBit = 0;
    bit <<= 1;
  }
  const int span = any ? 63 - __builtin_clzll(any) - __builtin_ctzll(any) : 0;
  return {lights, span * wordsOfBit};
}
