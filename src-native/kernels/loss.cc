// The losses of one sample, their gradients, the spike counts and the class read from them. Formulas as in
// src-main/engine/losses/; a mean over the batch is taken by the factor 1 / batch. What the sum of the spikes decides
// has one gradient for all steps; the others have one for each.
#include "entry.h"
#include "exponential.h"

extern "C" double log(double);

namespace {

INLINE int blocksOf(int features) { return (features + kLanes - 1) / kLanes; }

INLINE Floats spikeSize(const LossSample &s, int block) {
  return s.factor ? load(s.factor + block * kLanes) : broadcast(1.0f);
}

struct Softmax {
  float largest, sum;
  /** Σ of the logits, where the label is smoothed. */
  float logits;
};

/** Exponentials of one row of logits, kept in `out`; logit block j lies at `logits + j * stride`. */
Softmax softmax(const float *logits, size_t stride, int classes, float smoothing, float *out, size_t outStride) {
  const int blocks = blocksOf(classes);
  Floats largest = broadcast(-3.402823466e38f), total = zeros();
  for (int j = 0; j < blocks; j++)
    largest = choose(conditionsOf(validLanes(classes, j)), larger(largest, load(logits + j * stride)), largest);
  const float top = largestLane(largest);
  Floats sum = zeros();
  for (int j = 0; j < blocks; j++) {
    const Floats logit = load(logits + j * stride);
    const Conditions valid = conditionsOf(validLanes(classes, j));
    const Floats e = choose(valid, exponential(logit - broadcast(top)), zeros());
    if (smoothing != 0.0f) total = addWhere(valid, total, logit);
    store(out + j * outStride, e);
    sum = sum + e;
  }
  return {top, sumOfLanes(sum), smoothing != 0.0f ? sumOfLanes(total) : 0.0f};
}

/** gradient = (softmax - label) · scale, from the exponentials that lie there. */
void softmaxGradient(const Softmax &soft, int classes, int label, float smoothing, float scale, float *gradient,
                     size_t stride) {
  const int blocks = blocksOf(classes);
  const Floats factor = broadcast(scale / soft.sum);
  for (int j = 0; j < blocks; j++) {
    Floats g = load(gradient + j * stride) * factor;
    if (smoothing != 0.0f)
      g = choose(conditionsOf(validLanes(classes, j)), g - broadcast(scale * smoothing / (float)classes), zeros());
    store(gradient + j * stride, g);
  }
  gradient[(size_t)(label / kLanes) * stride + label % kLanes] -= scale * (1.0f - smoothing);
}

/** Σ over the classes of label · logit. */
double expectedLogit(const Softmax &soft, const float *logits, size_t stride, int classes, int label,
                     float smoothing) {
  const double own = (double)logits[(size_t)(label / kLanes) * stride + label % kLanes];
  if (smoothing == 0.0f) return own;
  return (1.0 - (double)smoothing) * own + (double)smoothing * (double)soft.logits / (double)classes;
}

/** One cross-entropy; the gradient times `scale` goes to `gradient`, which may not be null. */
double crossEntropy(const LossSample &s, const float *logits, size_t stride, int classes, float scale,
                    float *gradient, size_t gradientStride) {
  const float smoothing = s.loss->smoothing;
  const Softmax soft = softmax(logits, stride, classes, smoothing, gradient, gradientStride);
  softmaxGradient(soft, classes, s.label, smoothing, scale, gradient, gradientStride);
  return log((double)soft.sum) + (double)soft.largest -
         expectedLogit(soft, logits, stride, classes, s.label, smoothing);
}

/** Counts of each class: the outputs' own, or their sums over the groups. */
const float *classCounts(const LossSample &s, float *room) {
  const Loss &l = *s.loss;
  if (l.classes == l.outputs) return s.counts;
  for (int c = 0; c < blocksOf(l.classes) * kLanes; c++) room[c] = 0.0f;
  const int size = l.outputs / l.classes;
  for (int o = 0; o < l.outputs; o++) room[o / size] += s.counts[o];
  return room;
}

/** The gradient at the classes, handed to every output of its group. */
void spreadGradient(const LossSample &s, const float *slopes) {
  const Loss &l = *s.loss;
  const int size = l.outputs / l.classes, padded = blocksOf(l.outputs) * kLanes;
  for (int o = 0; o < padded; o++) s.gradient[o] = o < l.outputs ? slopes[o / size] : 0.0f;
}

double crossEntropyOfCounts(const LossSample &s) {
  const Loss &l = *s.loss;
  const size_t row = (size_t)blocksOf(l.outputs) * kLanes;
  const bool grouped = l.classes != l.outputs;
  float *slopes = s.gradient && !grouped ? s.gradient : s.scratch + row;
  const double loss =
      crossEntropy(s, classCounts(s, s.scratch), kLanes, l.classes, s.weight / (float)s.batch, slopes, kLanes);
  if (s.gradient && grouped) spreadGradient(s, slopes);
  return loss;
}

double squaredErrorOfCounts(const LossSample &s) {
  const Loss &l = *s.loss;
  const size_t row = (size_t)blocksOf(l.outputs) * kLanes;
  const float *counts = classCounts(s, s.scratch);
  float *slopes = s.scratch + row;
  const double elements = (double)l.classes * (double)s.steps;
  const float slope = (float)(2.0 * (double)s.weight / (elements * (double)s.batch));
  double sum = 0.0;
  for (int c = 0; c < l.classes; c++) {
    const float error = counts[c] - (c == s.label ? l.onTarget : l.offTarget);
    sum += (double)error * (double)error;
    slopes[c] = error * slope;
  }
  if (s.gradient) spreadGradient(s, slopes);
  return sum / elements;
}

double crossEntropyOfMembranes(const LossSample &s) {
  const Loss &l = *s.loss;
  const size_t stride = (size_t)s.steps * kLanes;
  const float scale = s.weight / (float)s.batch;
  double total = 0.0, product = 1.0;
  for (int t = 0; t < s.steps; t++) {
    const float *logits = s.membrane + (size_t)t * kLanes;
    float *out = s.gradient ? s.gradient + (size_t)t * kLanes : s.scratch;
    const size_t outStride = s.gradient ? stride : kLanes;
    const Softmax soft = softmax(logits, stride, l.outputs, l.smoothing, out, outStride);
    if (s.gradient) softmaxGradient(soft, l.outputs, s.label, l.smoothing, scale, out, outStride);
    // One logarithm for several steps: a sum is between 1 and the number of classes, far from overflow.
    product *= (double)soft.sum;
    if ((t & 15) == 15 || t == s.steps - 1) {
      total += log(product);
      product = 1.0;
    }
    total += (double)soft.largest - expectedLogit(soft, logits, stride, l.outputs, s.label, l.smoothing);
  }
  return total;
}

double crossEntropyOfSteps(const LossSample &s) {
  const Loss &l = *s.loss;
  const int blocks = blocksOf(l.outputs);
  const size_t stride = (size_t)s.steps * kLanes, row = (size_t)blocks * kLanes;
  const float scale = s.weight / ((float)s.batch * (float)s.steps);
  double total = 0.0;
  for (int t = 0; t < s.steps; t++) {
    for (int j = 0; j < blocks; j++)
      store(s.scratch + j * kLanes,
            choose(conditionsOf(s.spikes[(size_t)j * s.steps + t]), spikeSize(s, j), zeros()));
    float *out = s.gradient ? s.gradient + (size_t)t * kLanes : s.scratch + row;
    total += crossEntropy(s, s.scratch, kLanes, l.outputs, scale, out, s.gradient ? stride : kLanes);
  }
  return total / (double)s.steps;
}

double squaredErrorOfRates(const LossSample &s) {
  const Loss &l = *s.loss;
  const int blocks = blocksOf(l.outputs);
  const Floats perStep = broadcast(1.0f / (float)s.steps);
  const Floats slope = broadcast(2.0f * s.weight / ((float)l.outputs * (float)s.batch * (float)s.steps));
  Floats sum = zeros();
  for (int j = 0; j < blocks; j++) {
    float target[kLanes] = {};
    if (s.label / kLanes == j) target[s.label % kLanes] = 1.0f;
    const Floats error = load(s.counts + j * kLanes) * perStep - load(target);
    sum = fma(error, error, sum);
    if (s.gradient) store(s.gradient + j * kLanes, error * slope);
  }
  return (double)sumOfLanes(sum) / (double)l.outputs;
}

/** Where output o of step t lies in what has a row for every step. */
INLINE size_t at(const LossSample &s, int o, int t) {
  return ((size_t)(o / kLanes) * (size_t)s.steps + (size_t)t) * kLanes + (size_t)(o % kLanes);
}

void clearGradient(const LossSample &s) {
  const size_t floats = (size_t)blocksOf(s.loss->outputs) * (size_t)s.steps * kLanes;
  for (size_t i = 0; s.gradient && i < floats; i++) s.gradient[i] = 0.0f;
}

double crossEntropyOfLargestMembranes(const LossSample &s) {
  const Loss &l = *s.loss;
  const size_t row = (size_t)blocksOf(l.outputs) * kLanes;
  float *logits = s.scratch, *slopes = logits + row, *steps = slopes + row;
  for (int o = 0; o < l.outputs; o++) {
    logits[o] = s.membrane[at(s, o, 0)];
    steps[o] = 0.0f;
    for (int t = 1; t < s.steps; t++) {
      const float value = s.membrane[at(s, o, t)];
      if (!(value > logits[o])) continue;
      logits[o] = value;
      steps[o] = (float)t;
    }
  }
  clearGradient(s);
  const double loss = crossEntropy(s, logits, kLanes, l.outputs, s.weight / (float)s.batch, slopes, kLanes);
  for (int o = 0; s.gradient && o < l.outputs; o++) s.gradient[at(s, o, (int)steps[o])] = slopes[o];
  return loss;
}

double squaredErrorOfMembranes(const LossSample &s) {
  const Loss &l = *s.loss;
  const double elements = (double)l.outputs * (double)s.steps;
  const float slope = (float)(2.0 * (double)s.weight / (elements * (double)s.batch));
  clearGradient(s);
  double sum = 0.0;
  for (int o = 0; o < l.outputs; o++) {
    const float target = o == s.label ? l.onTarget : l.offTarget;
    for (int t = 0; t < s.steps; t++) {
      const float error = s.membrane[at(s, o, t)] - target;
      sum += (double)error * (double)error;
      if (s.gradient) s.gradient[at(s, o, t)] = error * slope;
    }
  }
  return sum / elements;
}

/** Step of the first spike of each output; the last step where there is none. */
void firstSpikes(const LossSample &s, float *times) {
  for (int o = 0; o < s.loss->outputs; o++) {
    const uint16_t *bits = s.spikes + (size_t)(o / kLanes) * (size_t)s.steps;
    int t = 0;
    while (t < s.steps - 1 && !(bits[t] >> (o % kLanes) & 1)) t++;
    times[o] = (float)t;
  }
}

/** snnTorch: the derivative of the time by the spike is -1, at the first spike. */
void placeTimeGradient(const LossSample &s, const float *times, const float *slopes) {
  clearGradient(s);
  for (int o = 0; s.gradient && o < s.loss->outputs; o++) s.gradient[at(s, o, (int)times[o])] = -slopes[o];
}

double crossEntropyOfTimes(const LossSample &s) {
  const Loss &l = *s.loss;
  const size_t row = (size_t)blocksOf(l.outputs) * kLanes;
  float *times = s.scratch, *logits = times + row, *slopes = logits + row;
  firstSpikes(s, times);
  for (int o = 0; o < l.outputs; o++) logits[o] = l.reciprocal ? 1.0f / (times[o] + 1.0f) : -times[o];
  const double loss = crossEntropy(s, logits, kLanes, l.outputs, s.weight / (float)s.batch, slopes, kLanes);
  for (int o = 0; o < l.outputs; o++)
    slopes[o] *= l.reciprocal ? -1.0f / ((times[o] + 1.0f) * (times[o] + 1.0f)) : -1.0f;
  placeTimeGradient(s, times, slopes);
  return loss;
}

double squaredErrorOfTimes(const LossSample &s) {
  const Loss &l = *s.loss;
  const size_t row = (size_t)blocksOf(l.outputs) * kLanes;
  float *times = s.scratch, *slopes = times + row;
  firstSpikes(s, times);
  const double steps = (double)s.steps, outputs = (double)l.outputs;
  const float slope = (float)(2.0 * (double)s.weight / (steps * steps * outputs * (double)s.batch));
  double sum = 0.0;
  for (int o = 0; o < l.outputs; o++) {
    const float late = times[o] - (o == s.label ? l.onTarget : l.offTarget);
    const float error = (late < 0 ? -late : late) < l.tolerance ? 0.0f : late;
    sum += (double)error * (double)error;
    slopes[o] = error * slope;
  }
  placeTimeGradient(s, times, slopes);
  return sum / (steps * steps * outputs);
}

/** The class with the most spikes, or whose outputs fire first; the first of equals. */
int predictedClass(const LossSample &s) {
  const Loss &l = *s.loss;
  int best = 0;
  if (l.readsFirstSpike) {
    firstSpikes(s, s.scratch);
    for (int o = 1; o < l.outputs; o++)
      if (s.scratch[o] < s.scratch[best]) best = o;
    return best / (l.outputs / l.classes);
  }
  const float *counts = classCounts(s, s.scratch);
  for (int c = 1; c < l.classes; c++)
    if (counts[c] > counts[best]) best = c;
  return best;
}

double lossOf(const LossSample &s) {
  switch (s.loss->function) {
  case kCrossEntropyCount: return crossEntropyOfCounts(s);
  case kCrossEntropyRate: return crossEntropyOfSteps(s);
  case kCrossEntropyMembraneSum: return crossEntropyOfMembranes(s);
  case kCrossEntropyMaxMembrane: return crossEntropyOfLargestMembranes(s);
  case kCrossEntropyTemporal: return crossEntropyOfTimes(s);
  case kSquaredErrorCount: return squaredErrorOfCounts(s);
  case kSquaredErrorRate: return squaredErrorOfRates(s);
  case kSquaredErrorMembrane: return squaredErrorOfMembranes(s);
  default: return squaredErrorOfTimes(s);
  }
}

} // namespace

extern "C" LossValue KERNEL(loss)(const LossSample *sample) {
  const LossSample &s = *sample;
  const int blocks = blocksOf(s.loss->outputs);
  const Floats one = broadcast(1.0f);
  for (int j = 0; j < blocks; j++) {
    const uint16_t *bits = s.spikes + (size_t)j * s.steps;
    Floats count = zeros();
    for (int t = 0; t < s.steps; t++) count = addWhere(conditionsOf(bits[t]), count, one);
    store(s.counts + j * kLanes, s.factor ? count * spikeSize(s, j) : count);
  }
  LossValue value = {0.0, predictedClass(s)};
  value.loss = lossOf(s) * (double)s.weight / (double)s.batch;
  return value;
}
