#pragma once
// Philox4x32-10 on 16 counters at once (J. K. Salmon et al., SC 2011).
#include "vector.h"

namespace {

/** Key of a random stream, as `purposes` in src-shared/philox.ts. */
constexpr uint32_t kPurposeSurrogate = 9;

struct PhiloxKeys {
  uint32_t round[10][2];
};

INLINE PhiloxKeys philoxKeys(uint32_t key0, uint32_t key1) {
  PhiloxKeys keys;
  for (int i = 0; i < 10; i++) {
    keys.round[i][0] = key0 + (uint32_t)i * 0x9e3779b9u;
    keys.round[i][1] = key1 + (uint32_t)i * 0xbb67ae85u;
  }
  return keys;
}

/** The four words of 16 counters each, in place; several at once, because one waits for itself at every round. */
template <int Count> INLINE void philox(const PhiloxKeys &keys, Words (&x)[Count][4]) {
#pragma GCC unroll 10
  for (int i = 0; i < 10; i++) {
#pragma GCC unroll 4
    for (int n = 0; n < Count; n++) {
      Words high0, low0, high1, low1;
      multiplyWide(x[n][0], 0xd2511f53u, high0, low0);
      multiplyWide(x[n][2], 0xcd9e8d57u, high1, low1);
      x[n][0] = exclusiveOr(high1, x[n][1], broadcastWord(keys.round[i][0]));
      x[n][1] = low1;
      x[n][2] = exclusiveOr(high0, x[n][3], broadcastWord(keys.round[i][1]));
      x[n][3] = low0;
    }
  }
}

/** Word `w` of one counter. */
inline uint32_t philoxWord(uint32_t key0, uint32_t key1, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, int w) {
  uint32_t x[4] = {c0, c1, c2, c3};
  for (int i = 0; i < 10; i++) {
    uint64_t p0 = (uint64_t)x[0] * 0xd2511f53u, p1 = (uint64_t)x[2] * 0xcd9e8d57u;
    uint32_t y0 = (uint32_t)(p1 >> 32) ^ x[1] ^ key0, y2 = (uint32_t)(p0 >> 32) ^ x[3] ^ key1;
    x[1] = (uint32_t)p1;
    x[3] = (uint32_t)p0;
    x[0] = y0;
    x[2] = y2;
    key0 += 0x9e3779b9u;
    key1 += 0xbb67ae85u;
  }
  return x[w];
}

} // namespace
