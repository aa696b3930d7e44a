// What the cores can do at best: independent fused multiply-adds in registers.
#include "entry.h"
#include "vector.h"

extern "C" double KERNEL(multiplyAddLoop)(int iterations, float *sink) {
#if defined(__AVX512F__)
  constexpr int kChains = 24;
#elif defined(__AVX2__)
  constexpr int kChains = 6;
#else
  constexpr int kChains = 3;
#endif
  Floats chain[kChains];
  const Floats a = broadcast(0.999f), b = broadcast(0.001f);
#pragma GCC unroll 24
  for (int i = 0; i < kChains; i++) chain[i] = broadcast(0.01f * (float)i);
  for (int n = 0; n < iterations; n++) {
#pragma GCC unroll 24
    for (int i = 0; i < kChains; i++) chain[i] = fma(chain[i], a, b);
  }
  Floats sum = zeros();
#pragma GCC unroll 24
  for (int i = 0; i < kChains; i++) sum = sum + chain[i];
  *sink = sumOfLanes(sum);
  return 2.0 * kLanes * kChains * (double)iterations;
}
