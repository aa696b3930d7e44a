// Constant current: gain · (byte / 255) + offset, each operation rounded to float32.
#include "entry.h"
#include "vector.h"

namespace {

/** byte / 255 rounded correctly: a product and one correction from its remainder where there is a fused one. */
INLINE Floats unitFromBytes(Floats bytes) {
#if defined(__AVX512F__) || defined(__FMA__) || defined(__aarch64__)
  const Floats inverse = broadcast(1.0f / 255.0f), divisor = broadcast(255.0f);
  Floats quotient = bytes * inverse;
  return fma(fnma(quotient, divisor, bytes), inverse, quotient);
#else
  return bytes / broadcast(255.0f);
#endif
}

} // namespace

extern "C" void KERNEL(encodeConstant)(const uint8_t *bytes, int count, float gain, float offset,
                                       const uint8_t *ahead, float *output) {
  const Floats g = broadcast(gain), o = broadcast(offset);
  // Samples lie scattered over the dataset: fetch the next one while this one is worked on.
  if (ahead)
    for (int line = 0; line < count + 63; line += 64) __builtin_prefetch(ahead + line);
  int i = 0;
  for (; i + kLanes <= count; i += kLanes) store(output + i, unitFromBytes(floatsFromBytes(bytes + i)) * g + o);
  if (i == count) return;
  uint8_t rest[kLanes] = {};
  for (int j = i; j < count; j++) rest[j - i] = bytes[j];
  Floats last = unitFromBytes(floatsFromBytes(rest)) * g + o;
  store(output + i, choose(conditionsOf(validLanes(count, i / kLanes)), last, zeros()));
}
