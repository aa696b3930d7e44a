// The three losses for one sample, their gradients, the spike counts and the class read from them.
//   ce_count         CE(Σ_t S), mean over the batch
//   ce_membrane_sum  Σ_t CE(U[t]), mean over the batch
//   mse_rate         (Σ_t S / T - one-hot)², mean over batch and classes
#include "entry.h"
#include "exponential.h"

extern "C" double log(double);

namespace {

struct Softmax {
  float largest, sum;
};

/** Exponentials of one row of logits, kept in `out`; logit block j lies at `logits + j * stride`. */
Softmax softmax(const float *logits, size_t stride, int classes, float *out, size_t outStride) {
  const int blocks = (classes + kLanes - 1) / kLanes;
  Floats largest = broadcast(-3.402823466e38f);
  for (int j = 0; j < blocks; j++)
    largest = choose(conditionsOf(validLanes(classes, j)), larger(largest, load(logits + j * stride)), largest);
  const float top = largestLane(largest);
  Floats sum = zeros();
  for (int j = 0; j < blocks; j++) {
    const Floats e = choose(conditionsOf(validLanes(classes, j)),
                            exponential(load(logits + j * stride) - broadcast(top)), zeros());
    store(out + j * outStride, e);
    sum = sum + e;
  }
  return {top, sumOfLanes(sum)};
}

/** gradient = (softmax - one-hot) / batch, from the exponentials that lie there. */
void crossEntropyGradient(const LossSample &s, const Softmax &soft, float *gradient, size_t stride) {
  const int blocks = (s.classes + kLanes - 1) / kLanes;
  const Floats scale = broadcast(1.0f / (soft.sum * (float)s.batch));
  for (int j = 0; j < blocks; j++) store(gradient + j * stride, load(gradient + j * stride) * scale);
  gradient[(size_t)(s.label / kLanes) * stride + s.label % kLanes] -= 1.0f / (float)s.batch;
}

double crossEntropyOfCounts(const LossSample &s) {
  float *out = s.gradient ? s.gradient : s.scratch;
  const Softmax soft = softmax(s.counts, kLanes, s.classes, out, kLanes);
  if (s.gradient) crossEntropyGradient(s, soft, s.gradient, kLanes);
  return log((double)soft.sum) + (double)soft.largest - (double)s.counts[s.label];
}

double crossEntropyOfMembranes(const LossSample &s) {
  const size_t stride = (size_t)s.steps * kLanes;
  double total = 0.0, product = 1.0;
  for (int t = 0; t < s.steps; t++) {
    const float *logits = s.membrane + (size_t)t * kLanes;
    float *out = s.gradient ? s.gradient + (size_t)t * kLanes : s.scratch;
    const size_t outStride = s.gradient ? stride : kLanes;
    const Softmax soft = softmax(logits, stride, s.classes, out, outStride);
    if (s.gradient) crossEntropyGradient(s, soft, out, outStride);
    // One logarithm for several steps: a sum is between 1 and the number of classes, far from overflow.
    product *= (double)soft.sum;
    if ((t & 15) == 15 || t == s.steps - 1) {
      total += log(product);
      product = 1.0;
    }
    total += (double)soft.largest - (double)logits[(size_t)(s.label / kLanes) * stride + s.label % kLanes];
  }
  return total;
}

double squaredErrorOfRates(const LossSample &s) {
  const int blocks = (s.classes + kLanes - 1) / kLanes;
  const Floats perStep = broadcast(1.0f / (float)s.steps);
  const Floats slope = broadcast(2.0f / ((float)s.classes * (float)s.batch * (float)s.steps));
  Floats sum = zeros();
  for (int j = 0; j < blocks; j++) {
    float target[kLanes] = {};
    if (s.label / kLanes == j) target[s.label % kLanes] = 1.0f;
    const Floats error = load(s.counts + j * kLanes) * perStep - load(target);
    sum = fma(error, error, sum);
    if (s.gradient) store(s.gradient + j * kLanes, error * slope);
  }
  return (double)sumOfLanes(sum) / (double)s.classes;
}

} // namespace

extern "C" LossValue KERNEL(loss)(const LossSample *sample) {
  const LossSample &s = *sample;
  const int blocks = (s.classes + kLanes - 1) / kLanes;
  const Floats one = broadcast(1.0f);
  for (int j = 0; j < blocks; j++) {
    const uint16_t *bits = s.spikes + (size_t)j * s.steps;
    Floats count = zeros();
    for (int t = 0; t < s.steps; t++) count = addWhere(conditionsOf(bits[t]), count, one);
    store(s.counts + j * kLanes, count);
  }
  LossValue value = {0.0, 0};
  for (int c = 1; c < s.classes; c++)
    if (s.counts[c] > s.counts[value.prediction]) value.prediction = c;
  if (s.loss == kCrossEntropyCount) value.loss = crossEntropyOfCounts(s);
  else if (s.loss == kCrossEntropyMembraneSum) value.loss = crossEntropyOfMembranes(s);
  else value.loss = squaredErrorOfRates(s);
  value.loss /= (double)s.batch;
  return value;
}
