// Sums of rows, and of parts of a batch in their order.
#include "entry.h"
#include "vector.h"

extern "C" void KERNEL(sumRows)(const SumRows *sum) {
  const SumRows &s = *sum;
  for (int block = 0; block < s.blocks; block++) {
    const float *from = s.from + (size_t)block * s.stride;
    Floats whole[4] = {zeros(), zeros(), zeros(), zeros()};
    int row = 0;
    for (; row + 4 <= s.rows; row += 4)
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++) whole[i] = whole[i] + load(from + (size_t)(row + i) * kLanes);
    for (; row < s.rows; row++) whole[0] = whole[0] + load(from + (size_t)row * kLanes);
    float *to = s.sums + (size_t)block * kLanes;
    store(to, load(to) + ((whole[0] + whole[1]) + (whole[2] + whole[3])));
  }
}

extern "C" void KERNEL(sumParts)(const SumParts *sum) {
  const SumParts &s = *sum;
  for (int row = 0; row < s.rows; row++) {
    const float *from = s.from + (size_t)row * kLanes;
    Floats whole = load(from);
    for (int part = 1; part < s.parts; part++) whole = whole + load(from + (size_t)part * s.partStride);
    store(s.to + (size_t)row * kLanes, whole);
  }
}
