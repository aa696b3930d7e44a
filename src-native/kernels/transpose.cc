// Weights [out block][in][16 out] as [in block][out][16 in], for the gradient at the inputs.
#include "entry.h"
#include "vector.h"

extern "C" void KERNEL(transpose)(const float *weight, size_t weightStride, int firstOutputBlock, int outputBlocks,
                                  int firstInputBlock, int inputBlocks, float *transposed, size_t transposedStride) {
  for (int out = firstOutputBlock; out < firstOutputBlock + outputBlocks; out++) {
    for (int in = firstInputBlock; in < firstInputBlock + inputBlocks; in++) {
      const float *from = weight + (size_t)out * weightStride + (size_t)in * kLanes * kLanes;
      float *to = transposed + (size_t)in * transposedStride + (size_t)out * kLanes * kLanes;
      for (int o = 0; o < kLanes; o++)
        for (int i = 0; i < kLanes; i++) to[o * kLanes + i] = from[i * kLanes + o];
    }
  }
}
