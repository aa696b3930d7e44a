#pragma once
// xoshiro128++ in each of 16 lanes (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", 2021).
#include "vector.h"

namespace {

/** The next number of every lane; `s` moves on. */
INLINE Words nextWords(Words (&s)[4]) {
  const Words result = rotateLeft<7>(s[0] + s[3]) + s[0], t = shiftLeft<9>(s[1]);
  s[2] = s[2] ^ s[0];
  s[3] = s[3] ^ s[1];
  s[1] = s[1] ^ s[2];
  s[0] = s[0] ^ s[3];
  s[2] = s[2] ^ t;
  s[3] = rotateLeft<11>(s[3]);
  return result;
}

} // namespace
