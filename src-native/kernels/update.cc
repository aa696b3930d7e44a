// Optimizer step over values whose gradient lies in memory or is the sum of gradient rows (a bias).
#include "update.h"
#include "entry.h"

extern "C" void KERNEL(update)(const Update *update, const float *gradient, size_t first, int blocks) {
  applyUpdates(*update, gradient, first, 0, 1, blocks);
}

extern "C" double KERNEL(squareSum)(const float *values, int blocks) {
  // Some at a time in single precision, few enough to lose nothing that matters.
  constexpr int kRun = 32;
  double total = 0;
  for (int from = 0; from < blocks; from += kRun) {
    Floats sum = zeros();
    for (int i = from; i < blocks && i < from + kRun; i++) {
      const Floats v = load(values + (size_t)i * kLanes);
      sum = fma(v, v, sum);
    }
    float lanes[kLanes];
    store(lanes, sum);
    for (int i = 0; i < kLanes; i++) total += (double)lanes[i];
  }
  return total;
}

extern "C" int KERNEL(allFinite)(const float *values, int blocks) {
  // Zero times a number is zero, times anything else NaN. Four sums, so that they do not wait for each other.
  Floats sums[4] = {zeros(), zeros(), zeros(), zeros()};
  int i = 0;
  for (; i + 4 <= blocks; i += 4)
    for (int k = 0; k < 4; k++) sums[k] = fma(load(values + (size_t)(i + k) * kLanes), zeros(), sums[k]);
  for (; i < blocks; i++) sums[0] = fma(load(values + (size_t)i * kLanes), zeros(), sums[0]);
  float lanes[kLanes];
  store(lanes, (sums[0] + sums[1]) + (sums[2] + sums[3]));
  for (int lane = 0; lane < kLanes; lane++)
    if (!(lanes[lane] == 0.0f)) return 0;
  return 1;
}

extern "C" void KERNEL(rowSumGradient)(const float *gradient, size_t stride, int samples, int steps, int firstBlock,
                                       int blocks, const Update *update) {
  for (int block = firstBlock; block < firstBlock + blocks; block++) {
    Floats total = zeros();
    for (int sample = 0; sample < samples; sample++) {
      const float *row = gradient + (size_t)sample * stride + (size_t)block * steps * kLanes;
      Floats sum = load(row);
      for (int t = 1; t < steps; t++) sum = sum + load(row + (size_t)t * kLanes);
      total = total + sum;
    }
    applyUpdate(*update, (size_t)block * kLanes, total);
  }
}
